# Sourced. Finds the browser of the browser tests and tells the tests by LAPAK_CHROMIUM where it is.

find_chromium() {
    local name
    [ -z "${LAPAK_CHROMIUM:-}" ] || { [ -x "$LAPAK_CHROMIUM" ]; return; }
    for name in chromium chromium-browser google-chrome-stable google-chrome; do
        if LAPAK_CHROMIUM=$(command -v "$name"); then
            export LAPAK_CHROMIUM
            return
        fi
    done
    unset LAPAK_CHROMIUM
    return 1
}

need_chromium() {
    if find_chromium; then return; fi
    if [ -n "${LAPAK_CHROMIUM:-}" ]; then
        printf 'LAPAK_CHROMIUM names %s, and there is no program there.\n' "$LAPAK_CHROMIUM" >&2
        return 1
    fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        printf 'Installing chromium for the browser tests …\n' >&2
        {
            apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends chromium
        } </dev/null >&2 || printf 'apt-get could not install chromium (see above).\n' >&2
        if find_chromium; then return; fi
    fi
    cat >&2 <<'END'

  ******************************************************************************
  *  NO CHROMIUM HERE: THE BROWSER TESTS WILL BE SKIPPED.                      *
  *  As root on Debian:  apt-get install chromium                              *
  *  Or say where one is:  LAPAK_CHROMIUM=/path/to/chromium scripts/test       *
  ******************************************************************************

END
}
