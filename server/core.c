/* SPDX-License-Identifier: Apache-2.0 */
/* core.c -- the module record core, index 0: one row per directive of the
 * core, sorted by the room that implements it, and the list of rooms with
 * hooks.  The setters live in their rooms; nothing happens here.
 *
 * The file name is ABI: <IfModule core.c> and hook orders compare it.
 */
#include "httpd.h"
#include "http_config.h"
#include "http_core.h"
#include "http_vhost.h"
#include "mpm_common.h"
#include "scoreboard.h"

#include "base/base.h"
#include "config/config.h"
#include "connection/connection.h"
#include "expr/expr.h"
#include "filter/filter.h"
#include "handler/handler.h"
#include "http/http.h"
#include "listen/listen.h"
#include "log/log.h"
#include "mpm/mpm.h"
#include "request/request.h"
#include "start/start.h"
#include "vhost/vhost.h"

#define WITH(tag) ((void *)(tag))

static const command_rec core_directives[] = {

    /* ----- start: the program as a whole */

    AP_INIT_TAKE1("ServerRoot", cl_set_server_root, NULL,
                  RSRC_CONF | EXEC_ON_READ,
                  "Directory that relative file names in the configuration "
                  "begin at"),
    AP_INIT_TAKE1("DefaultRuntimeDir", cl_set_default_runtime_dir, NULL,
                  RSRC_CONF | EXEC_ON_READ,
                  "Directory for files that live as long as the server runs: "
                  "sockets, shared memory, locks"),
    AP_INIT_TAKE1("ServerTokens", cl_set_server_tokens, NULL, RSRC_CONF,
                  "What the Server field tells: Prod, Major, Minor, Min, OS "
                  "or Full"),

    /* ----- mpm: processes and threads */

    AP_INIT_TAKE1("PidFile", ap_mpm_set_pidfile, NULL, RSRC_CONF,
                  "File that holds the process id of the running server"),
    AP_INIT_TAKE1("MaxRequestsPerChild", ap_mpm_set_max_requests, NULL,
                  RSRC_CONF, "Former name of MaxConnectionsPerChild"),
    AP_INIT_TAKE1("MaxConnectionsPerChild", ap_mpm_set_max_requests, NULL,
                  RSRC_CONF,
                  "Number of connections after which a child process makes "
                  "room for a new one; 0: never"),
    AP_INIT_FLAG("EnableExceptionHook", cl_set_enable_exception_hook, NULL,
                 RSRC_CONF,
                 "On: call the fatal_exception hook in a child that crashes"),
    AP_INIT_TAKE1("CoreDumpDirectory", ap_mpm_set_coredumpdir, NULL,
                  RSRC_CONF, "Directory to change to before dumping core"),
    AP_INIT_TAKE1("MaxMemFree", ap_mpm_set_max_mem_free, NULL, RSRC_CONF,
                  "Kilobytes of free memory an allocator may keep; 0: any"),
    AP_INIT_TAKE1("ThreadStackSize", ap_mpm_set_thread_stacksize, NULL,
                  RSRC_CONF, "Bytes of stack for each thread"),
    AP_INIT_TAKE1("ScoreBoardFile", ap_set_scoreboard, NULL, RSRC_CONF,
                  "File behind the shared table of workers; none: memory "
                  "without a file"),
    AP_INIT_FLAG("ExtendedStatus", ap_set_extended_status, NULL, RSRC_CONF,
                 "on: keep counters and the current request per worker"),
    AP_INIT_FLAG("SeeRequestTail", ap_set_reqtail, NULL, RSRC_CONF,
                 "on: status shows the end of long requests, not the start"),
    AP_INIT_TAKE1("Port", cl_set_port, NULL, RSRC_CONF,
                  "Gone since 2.0; use Listen"),

    /* ----- listen: sockets */

    AP_INIT_TAKE2("AcceptFilter", cl_set_accept_filter, NULL, RSRC_CONF,
                  "What the kernel waits for before it hands over a "
                  "connection of that protocol; none: nothing"),

    /* ----- connection */

    AP_INIT_TAKE1("Timeout", cl_set_timeout, NULL, RSRC_CONF,
                  "Seconds to wait for the network before giving up"),
    AP_INIT_TAKE1("Protocol", cl_set_protocol, NULL, RSRC_CONF,
                  "Protocol that the listening socket speaks: http, https"),
    AP_INIT_ITERATE("Protocols", cl_set_protocols, NULL, RSRC_CONF,
                    "Protocols that clients may choose from, such as "
                    "h2 http/1.1"),
    AP_INIT_TAKE1("ProtocolsHonorOrder", cl_set_protocols_honor_order, NULL,
                  RSRC_CONF,
                  "on: our order of Protocols decides, off: the client's"),

    /* ----- vhost: which server answers */

    AP_INIT_TAKE1("ServerName", cl_set_server_name, NULL, RSRC_CONF,
                  "Name of the server, with scheme and port if they differ "
                  "from the real ones"),
    AP_INIT_RAW_ARGS("ServerAlias", cl_set_server_alias, NULL, RSRC_CONF,
                     "More names of a vhost; * and ? match any letters"),
    AP_INIT_TAKE1("ServerPath", cl_set_server_path, NULL, RSRC_CONF,
                  "URL path that leads to a vhost without its name"),
    AP_INIT_FLAG("StrictHostCheck", cl_set_strict_host_check, NULL, RSRC_CONF,
                 "on: refuse requests for names that no vhost lists"),
    AP_INIT_TAKE1("NameVirtualHost", ap_set_name_virtual_host, NULL,
                  RSRC_CONF, "No longer needed; has no effect"),

    /* ----- http: messages */

    AP_INIT_TAKE1("LimitRequestLine", cl_set_limit_request_line, NULL,
                  RSRC_CONF, "Most bytes in a request line"),
    AP_INIT_TAKE1("LimitRequestFieldsize", cl_set_limit_request_field_size,
                  NULL, RSRC_CONF, "Most bytes in one header field"),
    AP_INIT_TAKE1("LimitRequestFields", cl_set_limit_request_fields, NULL,
                  RSRC_CONF, "Most header fields in a request; 0: any number"),
    AP_INIT_ITERATE("HttpProtocolOptions", cl_set_http_protocol_options, NULL,
                    RSRC_CONF,
                    "How strict requests are read: Strict or Unsafe, "
                    "RegisteredMethods or LenientMethods, Allow0.9 or "
                    "Require1.0"),
    AP_INIT_ITERATE("RegisterHttpMethod", cl_set_register_http_method, NULL,
                    RSRC_CONF, "Methods to accept beyond the known ones"),
    AP_INIT_TAKE1("TraceEnable", cl_set_trace_enable, NULL, RSRC_CONF,
                  "Answer TRACE: on, off, or extended (with a body)"),
    AP_INIT_FLAG("MergeTrailers", cl_set_merge_trailers, NULL, RSRC_CONF,
                 "on: trailer fields are added to the header fields"),
    AP_INIT_TAKE2("ErrorDocument", cl_set_error_document, NULL, OR_FILEINFO,
                  "Status code, then what to send for it: a text, a path, a "
                  "URL, or default"),
    AP_INIT_TAKE1("ServerSignature", cl_set_server_signature, NULL, OR_ALL,
                  "Footer of pages the server makes itself: on, off or "
                  "email"),
    AP_INIT_FLAG("QualifyRedirectURL", cl_set_qualify_redirect_url, NULL,
                 OR_FILEINFO,
                 "on: REDIRECT_URL has scheme, host and port"),
    AP_INIT_TAKE1("MaxRanges", cl_set_max_ranges, NULL,
                  RSRC_CONF | ACCESS_CONF,
                  "Most ranges to send of a file; more, and it comes whole: "
                  "a number, default, none or unlimited"),
    AP_INIT_TAKE1("MaxRangeOverlaps", cl_set_max_range_overlaps, NULL,
                  RSRC_CONF | ACCESS_CONF,
                  "Most overlaps between ranges: a number, default, none or "
                  "unlimited"),
    AP_INIT_TAKE1("MaxRangeReversals", cl_set_max_range_reversals, NULL,
                  RSRC_CONF | ACCESS_CONF,
                  "Most ranges that lie before their predecessor: a number, "
                  "default, none or unlimited"),
    AP_INIT_RAW_ARGS("FileETag", cl_set_file_etag, NULL, OR_FILEINFO,
                     "What the entity tag of a file is made of: INode, MTime, "
                     "Size, Digest, All or None"),
    AP_INIT_FLAG("ContentDigest", cl_set_content_digest, NULL, OR_OPTIONS,
                 "on: send a Content-MD5 field"),
    AP_INIT_TAKE1("AddDefaultCharset", cl_set_add_default_charset, NULL,
                  OR_FILEINFO,
                  "Charset to name in text responses without one; off: none"),

    /* ----- request: from URL to file and back */

    AP_INIT_TAKE1("DocumentRoot", cl_set_document_root, NULL, RSRC_CONF,
                  "Directory that URL paths are mapped to"),
    AP_INIT_RAW_ARGS("AccessFileName", cl_set_access_file_name, NULL,
                     RSRC_CONF,
                     "Names of the files with settings in directories"),
    AP_INIT_TAKE1("AcceptPathInfo", cl_set_accept_path_info, NULL,
                  OR_FILEINFO,
                  "Accept a path behind a file's name: on, off, or default "
                  "(as the handler likes)"),
    AP_INIT_TAKE1("AllowEncodedSlashes", cl_set_allow_encoded_slashes, NULL,
                  RSRC_CONF,
                  "Accept %2F in paths: on, off, or nodecode"),
    AP_INIT_FLAG("MergeSlashes", cl_set_merge_slashes, NULL, RSRC_CONF,
                 "on: several slashes in a URL path count as one"),
    AP_INIT_TAKE12("LimitInternalRecursion", cl_set_limit_internal_recursion,
                   NULL, RSRC_CONF,
                   "Most internal redirects, and most nested subrequests"),
    AP_INIT_TAKE1("HostnameLookups", cl_set_hostname_lookups, NULL,
                  ACCESS_CONF | RSRC_CONF,
                  "Ask DNS for clients' names: on, off, or double (and "
                  "check them)"),
    AP_INIT_TAKE1("UseCanonicalName", cl_set_use_canonical_name, NULL,
                  RSRC_CONF | ACCESS_CONF,
                  "Name in URLs to ourselves: on (ServerName), off (the "
                  "client's word), dns"),
    AP_INIT_TAKE1("UseCanonicalPhysicalPort",
                  cl_set_use_canonical_physical_port, NULL,
                  RSRC_CONF | ACCESS_CONF,
                  "on: the real port may stand in URLs to ourselves"),
    AP_INIT_TAKE1("SetHandler", cl_set_set_handler, NULL, OR_FILEINFO,
                  "Handler, or an expression that names it; none: by type"),
    AP_INIT_TAKE1("SetInputFilter", cl_set_set_input_filter, NULL,
                  OR_FILEINFO, "Filters for request bodies, with ; between"),
    AP_INIT_TAKE1("SetOutputFilter", cl_set_set_output_filter, NULL,
                  OR_FILEINFO, "Filters for responses, with ; between"),
    AP_INIT_TAKE1("ForceType", cl_set_force_type, NULL, OR_FILEINFO,
                  "Media type, whatever the file name says; none: undo"),
    AP_INIT_TAKE1("DefaultType", cl_set_default_type, NULL, OR_FILEINFO,
                  "No longer used; only none is accepted without a warning"),

    /* ----- handler: files and bodies */

    AP_INIT_TAKE1("EnableMMAP", cl_set_enable_mmap, NULL, OR_FILEINFO,
                  "on: map files into memory to read them"),
    AP_INIT_TAKE1("EnableSendfile", cl_set_enable_sendfile, NULL, OR_FILEINFO,
                  "on: let the kernel send files"),
    AP_INIT_TAKE1("ReadBufferSize", cl_set_read_buffer_size, NULL,
                  ACCESS_CONF | RSRC_CONF,
                  "Bytes to read at a time from files and backends"),
    AP_INIT_TAKE1("LimitRequestBody", cl_set_limit_request_body, NULL, OR_ALL,
                  "Most bytes in a request body; 0: any number"),
    AP_INIT_TAKE1("LimitXMLRequestBody", cl_set_limit_xml_request_body, NULL,
                  OR_ALL,
                  "Most bytes in a request body that is read as XML"),

    /* ----- filter: the way out */

    AP_INIT_TAKE1("FlushMaxThreshold", cl_set_flush_max_threshold, NULL,
                  RSRC_CONF,
                  "Bytes held back before writing waits for the network"),
    AP_INIT_TAKE1("FlushMaxPipelined", cl_set_flush_max_pipelined, NULL,
                  RSRC_CONF,
                  "Responses held back while requests keep coming; -1: any "
                  "number"),

    /* ----- log */

    AP_INIT_TAKE1("ErrorLog", cl_set_error_log, NULL, RSRC_CONF,
                  "Where messages go: a file, |program, or syslog"),
    AP_INIT_TAKE12("ErrorLogFormat", cl_set_error_log_format, NULL, RSRC_CONF,
                   "Layout of messages, or of the lines that introduce a "
                   "connection or request"),
    AP_INIT_ITERATE("LogLevel", cl_set_log_level, NULL,
                    RSRC_CONF | ACCESS_CONF,
                    "Least important level to log, in general or as "
                    "module:level"),

    /* ----- config: sections */

    AP_INIT_RAW_ARGS("<Directory", cl_section_directory, NULL, RSRC_CONF,
                     "Settings for a directory and all below it"),
    AP_INIT_RAW_ARGS("<DirectoryMatch", cl_section_directory,
                     WITH(cl_section_by_regex), RSRC_CONF,
                     "Settings for directories that match an expression"),
    AP_INIT_RAW_ARGS("<Location", cl_section_location, NULL, RSRC_CONF,
                     "Settings for a URL path and all below it"),
    AP_INIT_RAW_ARGS("<LocationMatch", cl_section_location,
                     WITH(cl_section_by_regex), RSRC_CONF,
                     "Settings for URL paths that match an expression"),
    AP_INIT_RAW_ARGS("<Files", cl_section_files, NULL, OR_ALL,
                     "Settings for files by name"),
    AP_INIT_RAW_ARGS("<FilesMatch", cl_section_files,
                     WITH(cl_section_by_regex), OR_ALL,
                     "Settings for files whose name matches an expression"),
    AP_INIT_RAW_ARGS("<If", cl_section_if, NULL, OR_ALL,
                     "Settings for requests that a condition holds for"),
    AP_INIT_RAW_ARGS("<ElseIf", cl_section_if, WITH(cl_section_else_if),
                     OR_ALL,
                     "Settings if the <If> before fails and this one holds"),
    AP_INIT_RAW_ARGS("<Else", cl_section_if, WITH(cl_section_else), OR_ALL,
                     "Settings if all conditions before fail"),
    AP_INIT_RAW_ARGS("<Limit", ap_limit_section, NULL, OR_LIMIT | OR_AUTHCFG,
                     "Access control for the methods listed"),
    AP_INIT_RAW_ARGS("<LimitExcept", ap_limit_section,
                     WITH(cl_section_except), OR_LIMIT | OR_AUTHCFG,
                     "Access control for all methods but those listed"),
    AP_INIT_RAW_ARGS("<VirtualHost", cl_section_virtual_host, NULL, RSRC_CONF,
                     "Settings for one of several servers, chosen by address "
                     "and name"),
    AP_INIT_RAW_ARGS("Options", cl_set_options, NULL, OR_OPTIONS,
                     "Features of a directory, such as Indexes or "
                     "FollowSymLinks; + adds, - removes"),
    AP_INIT_RAW_ARGS("AllowOverride", cl_set_allow_override, NULL,
                     ACCESS_CONF,
                     "Classes of directives that .htaccess files may use"),
    AP_INIT_TAKE_ARGV("AllowOverrideList", cl_set_allow_override_list, NULL,
                      ACCESS_CONF,
                      "Single directives that .htaccess files may use"),
    AP_INIT_TAKE1("ServerAdmin", cl_set_server_admin, NULL, RSRC_CONF,
                  "Mail address or URL of the administrator"),

    /* ----- config: decided while the files are read */

    AP_INIT_RAW_ARGS("<IfModule", cl_section_if_module, NULL,
                     OR_ALL | EXEC_ON_READ,
                     "Read the inside if a module is loaded, or with ! not"),
    AP_INIT_RAW_ARGS("<IfDefine", cl_section_if_define, NULL,
                     OR_ALL | EXEC_ON_READ,
                     "Read the inside if a name is defined, or with ! not"),
    AP_INIT_RAW_ARGS("<IfFile", cl_section_if_file, NULL,
                     OR_ALL | EXEC_ON_READ,
                     "Read the inside if a file exists, or with ! not"),
    AP_INIT_RAW_ARGS("<IfDirective", cl_section_if_directive, NULL,
                     OR_ALL | EXEC_ON_READ,
                     "Read the inside if a directive is known, or with ! not"),
    AP_INIT_RAW_ARGS("<IfSection", cl_section_if_section, NULL,
                     OR_ALL | EXEC_ON_READ,
                     "Read the inside if a section is known, or with ! not"),
    AP_INIT_TAKE12("Define", cl_set_define, NULL,
                   EXEC_ON_READ | ACCESS_CONF | RSRC_CONF,
                   "Define a name, and the value that ${name} stands for"),
    AP_INIT_TAKE1("UnDefine", cl_set_un_define, NULL,
                  EXEC_ON_READ | ACCESS_CONF | RSRC_CONF,
                  "Undefine a name"),
    AP_INIT_RAW_ARGS("Error", cl_set_error, NULL, OR_ALL,
                     "Stop with this message"),
    AP_INIT_TAKE1("Include", cl_set_include, NULL,
                  RSRC_CONF | ACCESS_CONF | EXEC_ON_READ,
                  "File, directory or pattern to read at this place"),
    AP_INIT_TAKE1("IncludeOptional", cl_set_include_optional, NULL,
                  RSRC_CONF | ACCESS_CONF | EXEC_ON_READ,
                  "As Include; nothing to read is no error"),

    /* ----- base: locks, expressions, scripts */

    AP_INIT_RAW_ARGS("Mutex", cl_set_mutex, NULL, RSRC_CONF,
                     "How locks are made, then which of them; OmitPID: short "
                     "file names"),
    AP_INIT_RAW_ARGS("RegexDefaultOptions", cl_set_regex_default_options,
                     NULL, RSRC_CONF,
                     "Options for all regular expressions that follow; + "
                     "adds, - removes, none clears"),
    AP_INIT_FLAG("CGIPassAuth", cl_set_cgi_pass_auth, NULL, OR_AUTHCFG,
                 "on: scripts see the Authorization field"),
    AP_INIT_TAKE2("CGIVar", cl_set_cgi_var, NULL, OR_FILEINFO,
                  "How a variable for scripts is made"),
    AP_INIT_TAKE12("RLimitCPU", cl_set_rlimit_cpu, NULL, OR_ALL,
                   "Seconds of processor time for scripts: soft, hard"),
    AP_INIT_TAKE12("RLimitMEM", cl_set_rlimit_mem, NULL, OR_ALL,
                   "Bytes of memory for scripts: soft, hard"),
    AP_INIT_TAKE12("RLimitNPROC", cl_set_rlimit_nproc, NULL, OR_ALL,
                   "Processes for scripts: soft, hard"),
    { 0 }
};

static void core_register_hooks(apr_pool_t *p)
{
    cl_start_register_hooks(p);
    cl_mpm_register_hooks(p);
    cl_connection_register_hooks(p);
    cl_request_register_hooks(p);
    cl_handler_register_hooks(p);
    cl_filter_register_hooks(p);
    cl_expr_register_hooks(p);
    cl_log_register_hooks(p);
}

AP_DECLARE_MODULE(core) = {
    STANDARD20_MODULE_STUFF,
    cl_config_create_core_dir,
    cl_config_merge_core_dir,
    cl_config_create_core_server,
    cl_config_merge_core_server,
    core_directives,
    core_register_hooks,
    AP_MODULE_FLAG_NONE
};
