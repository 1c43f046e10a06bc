package io.eventpipeline.producer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** What the brokers say of transactions that nobody has ended. */
final class OpenTransactions {

    private OpenTransactions() {}

    /** The transactional ids whose transaction is neither committed nor aborted. */
    static List<String> of(String bootstrapServers) {
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            return admin
                    .listTransactions(
                            new ListTransactionsOptions()
                                    .filterStates(
                                            Set.of(
                                                    TransactionState.ONGOING,
                                                    TransactionState.PREPARE_COMMIT,
                                                    TransactionState.PREPARE_ABORT)))
                    .all()
                    .get()
                    .stream()
                    .map(TransactionListing::transactionalId)
                    .toList();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
