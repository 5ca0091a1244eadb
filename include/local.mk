# Public headers: installed flat, frozen.
pkginclude_HEADERS = \
include/ap_compat.h \
include/ap_config.h \
include/ap_expr.h \
include/ap_hooks.h \
include/ap_listen.h \
include/ap_mmn.h \
include/ap_mpm.h \
include/ap_provider.h \
include/ap_regex.h \
include/ap_release.h \
include/ap_slotmem.h \
include/ap_socache.h \
include/apache_noprobes.h \
include/cache_common.h \
include/heartbeat.h \
include/http_config.h \
include/http_connection.h \
include/http_core.h \
include/http_log.h \
include/http_main.h \
include/http_protocol.h \
include/http_request.h \
include/http_ssl.h \
include/http_vhost.h \
include/httpd.h \
include/mod_auth.h \
include/mod_cache.h \
include/mod_cgi.h \
include/mod_core.h \
include/mod_dav.h \
include/mod_dbd.h \
include/mod_http2.h \
include/mod_include.h \
include/mod_log_config.h \
include/mod_proxy.h \
include/mod_request.h \
include/mod_rewrite.h \
include/mod_session.h \
include/mod_so.h \
include/mod_ssl.h \
include/mod_ssl_openssl.h \
include/mod_status.h \
include/mod_unixd.h \
include/mod_watchdog.h \
include/mod_xml2enc.h \
include/mpm_common.h \
include/os.h \
include/scoreboard.h \
include/unixd.h \
include/util_cfgtree.h \
include/util_cookies.h \
include/util_ebcdic.h \
include/util_fcgi.h \
include/util_filter.h \
include/util_ldap.h \
include/util_md5.h \
include/util_mutex.h \
include/util_script.h \
include/util_time.h \
include/util_varbuf.h \
include/util_xml.h

nodist_pkginclude_HEADERS = include/ap_config_layout.h include/ap_config_auto.h
EXTRA_DIST = include/ap_config_layout.h.in include/ap_config_auto.h.in
