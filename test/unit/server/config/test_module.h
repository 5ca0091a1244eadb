/* SPDX-License-Identifier: Apache-2.0 */
/* test_module.h -- a module with a directive of each kind the language tests
 * need; every call is noted as "name(args)@line". */
static const char *say(cmd_parms *cmd, const char *args)
{
    note("%s(%s)", cmd->cmd->name, args);
    if (cmd->directive != NULL) {
        note("@%d ", cmd->directive->line_num);
    }
    else {
        note("! ");
    }
    return strcmp(args, "fail") == 0 ? "it failed"
         : strcmp(args, "decline") == 0 ? DECLINE_CMD : NULL;
}

static const char *run_plain(cmd_parms *cmd, void *, const char *args)
{
    return say(cmd, args);
}

static const char *run_section(cmd_parms *cmd, void *, const char *args)
{
    const char *wrong = say(cmd, args);
    char *outer = cmd->path;

    if (wrong != NULL) {
        return wrong;
    }
    cmd->path = apr_pstrdup(cmd->pool, args);
    wrong = ap_walk_config(cmd->directive->first_child, cmd, cmd->context);
    cmd->path = outer;
    return wrong;
}

static const char *run_soak(cmd_parms *cmd, void *, const char *args)
{
    const char *wrong = say(cmd, args);

    return wrong ? wrong : ap_soak_end_container(cmd, (char *)"<Soak");
}

static const char *run_build(cmd_parms *cmd, void *tree, const char *args)
{
    ap_directive_t *head = NULL, *parent = NULL;
    const char *wrong = say(cmd, args);

    if (wrong == NULL) {
        wrong = ap_build_cont_config(cmd->pool, cmd->temp_pool, cmd, &head,
                                     &parent, (char *)"<Build");
    }
    *(ap_directive_t **)tree = head;
    return wrong;
}

static const command_rec test_directives[] = {
    AP_INIT_RAW_ARGS("Any", run_plain, NULL, OR_ALL, "anything"),
    AP_INIT_RAW_ARGS("Server", run_plain, NULL, RSRC_CONF, "anything"),
    AP_INIT_RAW_ARGS("Inside", run_plain, NULL, ACCESS_CONF, "anything"),
    AP_INIT_RAW_ARGS("Info", run_plain, NULL, OR_FILEINFO, "anything"),
    AP_INIT_RAW_ARGS("Auth", run_plain, NULL, OR_AUTHCFG, "anything"),
    AP_INIT_RAW_ARGS("Now", run_plain, NULL, OR_ALL | EXEC_ON_READ, NULL),
    AP_INIT_RAW_ARGS("NowServer", run_plain, NULL, RSRC_CONF | EXEC_ON_READ,
                     NULL),
    AP_INIT_RAW_ARGS("<Sec", run_section, NULL, OR_ALL, "a section"),
    AP_INIT_RAW_ARGS("<Soak", run_soak, NULL, OR_ALL | EXEC_ON_READ, NULL),
    AP_INIT_RAW_ARGS("<SoakServer", run_soak, NULL, RSRC_CONF | EXEC_ON_READ,
                     NULL),
    AP_INIT_RAW_ARGS("<Build", run_build, NULL, OR_ALL | EXEC_ON_READ, NULL),
    AP_INIT_RAW_ARGS("<IfDefine", cl_section_if_define, NULL,
                     OR_ALL | EXEC_ON_READ, NULL),
    AP_INIT_RAW_ARGS("<IfDirective", cl_section_if_directive, NULL,
                     OR_ALL | EXEC_ON_READ, NULL),
    AP_INIT_RAW_ARGS("<IfFile", cl_section_if_file, NULL,
                     OR_ALL | EXEC_ON_READ, NULL),
    AP_INIT_RAW_ARGS("<IfModule", cl_section_if_module, NULL,
                     OR_ALL | EXEC_ON_READ, NULL),
    AP_INIT_RAW_ARGS("<IfSection", cl_section_if_section, NULL,
                     OR_ALL | EXEC_ON_READ, NULL),
    AP_INIT_TAKE12("Define", cl_set_define, NULL,
                   ACCESS_CONF | RSRC_CONF | EXEC_ON_READ, NULL),
    AP_INIT_TAKE1("Include", cl_set_include, NULL,
                  ACCESS_CONF | RSRC_CONF | EXEC_ON_READ, NULL),
    AP_INIT_TAKE1("IncludeOptional", cl_set_include_optional, NULL,
                  ACCESS_CONF | RSRC_CONF | EXEC_ON_READ, NULL),
    { 0 }
};

static module test_module = {
    MODULE_MAGIC_NUMBER_MAJOR, MODULE_MAGIC_NUMBER_MINOR, -1,
    "some/where/mod_test.c", NULL, NULL, MODULE_MAGIC_COOKIE, NULL, NULL,
    NULL, NULL, NULL, test_directives, NULL, AP_MODULE_FLAG_NONE
};

static int add_test_module(void **state)
{
    make_pool(state);
    assert_null(ap_add_loaded_module(&test_module, pool, "test_module"));
    configure_main_server();
    return 0;
}

static int drop_test_module(void **state)
{
    ap_remove_loaded_module(&test_module);
    return drop_pool(state);
}

#define test_with_module(name) \
    cmocka_unit_test_setup_teardown(name, add_test_module, drop_test_module)
