# Sourced by ./mvnw and ./pipeline (POSIX sh). Defines find_jdk, which sets and exports JAVA_HOME to a
# JDK of version 25 or newer: JAVA_HOME itself if it is one, else the one whose java or javac is on
# the PATH, else the lowest that fits in the usual places. Where there is none it prints one line and
# exits with status 1. No JVM is started: the version is read from the JDK's own "release" file.

# jdk_major HOME: prints the major version, or fails where HOME is not a JDK.
jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release" | grep .
}

# jdk_home_of COMMAND: prints the JDK's folder behind a command of the PATH, all links followed.
jdk_home_of() {
  jdk_path=$(command -v "$1") || return 1
  while [ -h "$jdk_path" ]; do
    jdk_link=$(readlink "$jdk_path")
    case $jdk_link in
      /*) jdk_path=$jdk_link ;;
      *) jdk_path=${jdk_path%/*}/$jdk_link ;;
    esac
  done
  (cd "${jdk_path%/*}/.." 2>/dev/null && pwd -P)
}

find_jdk() {
  for jdk_home in "${JAVA_HOME:-}" "$(jdk_home_of javac)" "$(jdk_home_of java)"; do
    if [ -n "$jdk_home" ] && jdk_version=$(jdk_major "$jdk_home") && [ "$jdk_version" -ge 25 ]; then
      JAVA_HOME=$jdk_home
      export JAVA_HOME
      return 0
    fi
  done
  jdk_best='' jdk_best_version=''
  for jdk_home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    jdk_version=$(jdk_major "$jdk_home") || continue
    [ "$jdk_version" -ge 25 ] || continue
    if [ -z "$jdk_best" ] || [ "$jdk_version" -lt "$jdk_best_version" ]; then
      jdk_best=$jdk_home jdk_best_version=$jdk_version
    fi
  done
  if [ -z "$jdk_best" ]; then
    echo 'Event Pipeline needs a JDK of version 25 or newer: install one (for example Eclipse Temurin 25), or set JAVA_HOME to it.' >&2
    exit 1
  fi
  JAVA_HOME=$jdk_best
  export JAVA_HOME
}
