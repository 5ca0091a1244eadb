/* SPDX-License-Identifier: Apache-2.0 */
/* The order of filters, and the three doors into the chain. */
#include "../http/request_fixture.h"

#include "filter/chain.c"

static apr_status_t nothing(ap_filter_t *, apr_bucket_brigade *)
{
    return APR_SUCCESS;
}

static ap_filter_t *add(const char *name, int type, request_rec *r,
                        conn_rec *c)
{
    ap_filter_rec_t *frec = apr_pcalloc(fixture_pool, sizeof *frec);

    frec->name = name;
    frec->ftype = (ap_filter_type)type;
    frec->filter_func.out_func = nothing;
    return ap_add_output_filter_handle(frec, NULL, r, c);
}

static const char *names(const ap_filter_t *f)
{
    const char *text = "";

    for (; f; f = f->next) {
        text = apr_pstrcat(fixture_pool, text, *text ? " " : "",
                           f->frec->name, NULL);
    }
    return text;
}

static request_rec *request(void)
{
    request_rec *r = fixture_request();

    add("net", AP_FTYPE_NETWORK, NULL, r->connection);
    r->output_filters = r->proto_output_filters = r->connection->output_filters;
    return r;
}

static void types_decide_whatever_the_order_of_adding(void **)
{
    request_rec *r = request();
    conn_rec *c = r->connection;

    add("proto", AP_FTYPE_PROTOCOL, r, c);
    add("res", AP_FTYPE_RESOURCE, r, c);
    add("tls", AP_FTYPE_CONNECTION + 5, r, c);
    add("set", AP_FTYPE_CONTENT_SET, r, c);
    add("chunk", AP_FTYPE_TRANSCODE, r, c);
    add("old", AP_FTYPE_RESOURCE - 10, r, c);
    assert_string_equal(names(r->output_filters),
                        "old res set proto chunk tls net");
    assert_string_equal(names(r->proto_output_filters), "proto chunk tls net");
    assert_string_equal(names(c->output_filters), "tls net");
}

static void equal_types_keep_their_order(void **)
{
    request_rec *r = request();

    add("a", AP_FTYPE_RESOURCE, r, r->connection);
    add("b", AP_FTYPE_RESOURCE, r, r->connection);
    add("c", AP_FTYPE_RESOURCE, r, r->connection);
    assert_string_equal(names(r->output_filters), "a b c net");
}

static void a_connection_filter_belongs_to_no_request(void **)
{
    request_rec *r = request();

    assert_null(add("tls", AP_FTYPE_CONNECTION, r, r->connection)->r);
    assert_ptr_equal(add("res", AP_FTYPE_RESOURCE, r, r->connection)->r, r);
}

static void removing_the_first_moves_every_door(void **)
{
    request_rec *r = request();
    conn_rec *c = r->connection;
    ap_filter_t *proto = add("proto", AP_FTYPE_PROTOCOL, r, c);

    assert_string_equal(names(r->output_filters), "proto net");
    ap_remove_output_filter(proto);
    assert_string_equal(names(r->output_filters), "net");
    assert_string_equal(names(r->proto_output_filters), "net");
    assert_string_equal(names(c->output_filters), "net");
}

static void removing_from_the_middle_closes_the_gap(void **)
{
    request_rec *r = request();
    conn_rec *c = r->connection;
    ap_filter_t *proto, *second;

    add("res", AP_FTYPE_RESOURCE, r, c);
    proto = add("proto", AP_FTYPE_PROTOCOL, r, c);
    second = add("proto2", AP_FTYPE_PROTOCOL, r, c);
    ap_remove_output_filter(second);
    assert_string_equal(names(r->output_filters), "res proto net");
    ap_remove_output_filter(proto);
    assert_string_equal(names(r->output_filters), "res net");
    assert_string_equal(names(r->proto_output_filters), "net");
    assert_ptr_equal(proto->next, c->output_filters);
}

static void a_subrequest_filters_before_its_parent(void **)
{
    request_rec *r = request();
    request_rec *sub = fixture_request();
    conn_rec *c = r->connection;

    add("includes", AP_FTYPE_RESOURCE, r, c);
    add("proto", AP_FTYPE_PROTOCOL, r, c);
    sub->connection = c;
    sub->main = r;
    sub->output_filters = r->output_filters;
    sub->proto_output_filters = r->proto_output_filters;
    add("subreq", AP_FTYPE_CONTENT_SET, sub, c);
    add("deflate", AP_FTYPE_CONTENT_SET, sub, c);
    add("own", AP_FTYPE_RESOURCE, sub, c);
    assert_string_equal(names(sub->output_filters),
                        "own subreq deflate includes proto net");
    assert_string_equal(names(r->output_filters), "includes proto net");
}

static void a_request_filter_needs_a_request(void **)
{
    request_rec *r = request();

    r->connection->log = &r->server->log;
    r->server->log.level = APLOG_EMERG;
    assert_null(add("res", AP_FTYPE_RESOURCE, NULL, r->connection));
}

static void the_public_record_has_forty_bytes(void **)
{
    assert_int_equal(sizeof(ap_filter_t), 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(types_decide_whatever_the_order_of_adding),
        A_TEST(equal_types_keep_their_order),
        A_TEST(a_connection_filter_belongs_to_no_request),
        A_TEST(removing_the_first_moves_every_door),
        A_TEST(removing_from_the_middle_closes_the_gap),
        A_TEST(a_subrequest_filters_before_its_parent),
        A_TEST(a_request_filter_needs_a_request),
        A_TEST(the_public_record_has_forty_bytes),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
