#!/bin/sh
# Prints the home of a JDK that can build Tocsin: JAVA_HOME's, else the PATH's, else the newest in the usual folders.
# Called by mvnw and by tocsin. TOCSIN_JDK_DIRS (folders that hold JDKs, split by ":") replaces the usual folders.
least=21

# The feature release of the JDK at $1: 25 for "25.0.1". Its release file is read where there is one: a JVM takes longer.
release_of() {
  version=
  if [ -f "$1/release" ]; then
    while IFS='=' read -r key value; do
      if [ "$key" = JAVA_VERSION ]; then version=${value#\"}; fi
    done < "$1/release"
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\).*/\1/p')
  fi
  version=${version%%[!0-9]*}
  echo "${version:-0}"
}

is_jdk() { [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ]; }

found() { printf '%s\n' "$1"; exit 0; }

if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME" && [ "$(release_of "$JAVA_HOME")" -ge $least ]; then
  found "$JAVA_HOME"
fi

if on_path=$(command -v java); then
  on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
  home=${on_path%/bin/java}
  if is_jdk "$home" && [ "$(release_of "$home")" -ge $least ]; then found "$home"; fi
fi

folders=${TOCSIN_JDK_DIRS-/usr/lib/jvm:/opt:$HOME/.sdkman/candidates/java:/Library/Java/JavaVirtualMachines}
newest=$((least - 1))
newest_home=
IFS=:
for folder in $folders; do
  for home in "$folder"/* "$folder"/*/Contents/Home; do
    is_jdk "$home" || continue
    release=$(release_of "$home")
    if [ "$release" -gt "$newest" ]; then
      newest=$release
      newest_home=$home
    fi
  done
done
if [ -n "$newest_home" ]; then found "$newest_home"; fi

echo "tocsin needs a JDK $least or newer: install one (such as Eclipse Temurin, or openjdk-$least-jdk of Debian 13" \
  "and Ubuntu), or set JAVA_HOME to the one you have." >&2
exit 69
