package io.eventpipeline.connect.safety;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfos;
import org.apache.kafka.connect.runtime.rest.entities.ConfigValueInfo;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets out of the answer to a validation, which repeats every setting with its
 * placeholders resolved: without this, validating {@code {"topic": "${file:…:password}"}} would
 * read any secret that the worker may read.
 *
 * @param secrets what is secret
 * @param given the settings before placeholders were resolved
 * @param passwords the settings of the type password
 * @param values the secret values that no text may hold
 */
record ValidationMask(
        Secrets secrets, Map<String, String> given, Set<String> passwords, List<String> values) {

    ConfigInfos apply(ConfigInfos infos) {
        return new ConfigInfos(
                infos.name(),
                infos.errorCount(),
                infos.groups(),
                infos.configs().stream().map(this::apply).toList());
    }

    private ConfigInfo apply(ConfigInfo info) {
        ConfigValueInfo value = info.configValue();
        return value == null
                ? info
                : new ConfigInfo(
                        info.configKey(),
                        new ConfigValueInfo(
                                value.name(),
                                value(value),
                                scrubbed(value.recommendedValues()),
                                scrubbed(value.errors()),
                                value.visible()));
    }

    private @Nullable String value(ConfigValueInfo value) {
        String given = this.given.get(value.name());
        return Secrets.hasPlaceholder(given)
                ? secrets.mask(value.name(), given, passwords)
                : Secrets.scrub(secrets.mask(value.name(), value.value(), passwords), values);
    }

    private @Nullable List<String> scrubbed(@Nullable List<String> texts) {
        return texts == null
                ? null
                : texts.stream().map(text -> Secrets.scrub(text, values)).toList();
    }
}
