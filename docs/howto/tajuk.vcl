# Varnish in front of Tajuk. For Varnish 7.1 or newer with the vmod xkey: Debian's `varnish` and `varnish-modules`.
#
# What it does:
#   - keeps what is the same for every reader (feeds, sitemaps, redirects, static files, pictures) and nothing else;
#     the newsstand says which with `CDN-Cache-Control`, or `immutable` for files
#   - passes everything else through unchanged, cookies included: readers' own pages come from the newsstand
#   - forgets exactly what has changed: the worker sends `PURGE` with the keys in `xkey-purge`
#   - gives what it has while the newsstand can't be reached
#
# Adapt the three places marked HERE. How to put it in place: docs/howto/cdn.md

vcl 4.1;

import std;
import xkey;

# HERE: where `tajuk serve` listens.
backend newsstand {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 75s;      # the desk may take its time over an upload
    .between_bytes_timeout = 30s;
}

# HERE: the machines of the newspaper's workers, which say what is to be forgotten.
acl workers {
    "127.0.0.1";
    "::1";
}

# HERE: what stands between readers and this Varnish and ends HTTPS (hitch, Caddy, nginx, a load balancer).
# Its X-Forwarded headers are believed, nobody else's.
acl in_front {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    # The first time round only: what is restarted was looked at already.
    if (req.restarts == 0) {
        unset req.http.X-Tajuk-Stale;

        if (req.method == "PURGE") {
            # Readers come through a proxy that may stand on the same machine: Varnish has put its address at the end
            # of their X-Forwarded-For. A worker comes by itself, so there is its own address and nothing else.
            if (client.ip !~ workers || req.http.X-Forwarded-For != "" + client.ip) {
                return (synth(405, "Method Not Allowed"));
            }
            if (!req.http.xkey-purge) {
                return (synth(400, "Name the keys in xkey-purge"));
            }
            # Soft: it is fetched anew when it is next asked for, and only if that fails given once more.
            set req.http.X-Forgotten = xkey.softpurge(req.http.xkey-purge);
            return (synth(200, "Forgotten: " + req.http.X-Forgotten));
        }

        # Varnish has added the client's address to X-Forwarded-For. What clients write into it themselves does no
        # harm as long as the newsstand trusts this Varnish and no more (trusted_proxies): it reads from the end.
        if (client.ip !~ in_front) {
            set req.http.X-Forwarded-For = client.ip;
            set req.http.X-Forwarded-Proto = "http";
            unset req.http.X-Forwarded-Host;
            unset req.http.Forwarded;
        }
    }

    # What has been forgotten or has run out is fetched before it is given, so that a correction is seen at once.
    # It is given as it was only if fetching failed (see vcl_deliver).
    if (req.http.X-Tajuk-Stale == "give") {
        set req.grace = 10d;
    } else {
        set req.grace = 0s;
    }

    # Sent, or made for one asking: asking the cache about it would only make readers wait for each other.
    if ((req.method != "GET" && req.method != "HEAD")
        || req.url ~ "^/(en/|id/)?(desk|account|search|healthz)([/?]|$)") {
        set req.http.X-Tajuk-Stale = "nothing kept";
        return (pass);
    }
    # Whatever cookies come along: only what the newsstand says is the same for everybody is ever kept.
    return (hash);
}

sub vcl_backend_response {
    # Kept for a while after it has run out, for the time when the newsstand can't be reached.
    set beresp.grace = 10d;

    # Gone in a moment: it must not stand before what was kept.
    if (beresp.status >= 500) {
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    # Never what is for one reader, whatever else it says.
    if (beresp.http.Set-Cookie
        || beresp.http.Cache-Control ~ "(?i)(private|no-store)"
        || beresp.http.Vary ~ "(?i)cookie|\*") {
        return (pass(120s));
    }

    if (beresp.status == 200 || beresp.status == 301) {
        if (beresp.http.CDN-Cache-Control ~ "(?i)max-age=[0-9]+") {
            set beresp.ttl = std.duration(
                regsub(beresp.http.CDN-Cache-Control, "(?i)^.*max-age=([0-9]+).*$", "\1s"), 0s);
            set beresp.http.xkey = beresp.http.Surrogate-Key;
            return (deliver);
        }
        if (beresp.http.Cache-Control ~ "(?i)immutable") {
            # Its name changes with its content. A picture that is taken away is forgotten by its key.
            set beresp.ttl = 1d;
            set beresp.http.xkey = beresp.http.Surrogate-Key;
            return (deliver);
        }
    }
    return (pass(120s));
}

sub vcl_backend_error {
    # A page of Varnish's own is nobody's to keep.
    set beresp.ttl = 0s;
    set beresp.grace = 0s;
}

sub vcl_deliver {
    # 502 to 504: the newsstand or the desk can't be reached. What was kept is better than that.
    if (resp.status >= 502 && resp.status <= 504 && !req.http.X-Tajuk-Stale) {
        set req.http.X-Tajuk-Stale = "give";
        return (restart);
    }
    # Said to caches, not to browsers. Leave the two lines out if another cache stands in front of this one.
    unset resp.http.CDN-Cache-Control;
    unset resp.http.Surrogate-Key;
    unset resp.http.xkey;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
}

sub vcl_synth {
    if (resp.status == 405) {
        set resp.http.Allow = "GET, HEAD, POST";
    }
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.http.Cache-Control = "no-store";
    set resp.body = resp.reason + {"
"};
    return (deliver);
}
