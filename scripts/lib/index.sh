# Sourced. uv does not read pip's configuration, so a machine whose packages come from a mirror would be
# left out. This hands pip's own settings on, in the environment of this run only; nothing is written.

use_the_machines_index() {
    local python=$1 values
    values=$("$python" -m pip config list 2>/dev/null) || return 0
    # Lines look like  global.index-url='…'  ; the environment's (":env:.") come first and win.
    setting() {
        sed -n "s/^[^=]*\.$1='\(.*\)'\$/\1/p" <<<"$values" | head -n 1 | sed 's/\\n/ /g'
    }
    local index extra links cert
    index=$(setting index-url)
    extra=$(setting extra-index-url)
    links=$(setting find-links)
    cert=$(setting cert)
    [ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
    [ -z "$extra" ] || export UV_INDEX="${UV_INDEX:-$extra}"
    [ -z "$links" ] || export UV_FIND_LINKS="${UV_FIND_LINKS:-$links}"
    [ -z "$cert" ] || export SSL_CERT_FILE="${SSL_CERT_FILE:-$cert}"
    # Several indexes may hold the same package; the hashes decide which file is right, not the index.
    export UV_INDEX_STRATEGY="${UV_INDEX_STRATEGY:-unsafe-best-match}"
}
