#include "service/oidc.h"

#include "service/fetch.h"
#include "service/jwt.h"
#include "service/people_internal.h"
#include <json-c/json.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

enum { URL_BYTES = 8192, LEEWAY_S = 60, SUBJECT_BYTES = 255, DEPTH = 16 };

static pl_status bad_answer(pl_ctx *cx, const char *what)
{
    return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "the identity server's answer: %s", what);
}

/* ---- what the other server says of itself */

typedef struct endpoints {
    pl_str authorization, token, keys;
} endpoints;

/* A text of an object, kept; an answer without it is refused. */
static pl_status keep_text(pl_ctx *cx, json_object *o, const char *key, pl_str *out)
{
    json_object *v = NULL;

    json_object_object_get_ex(o, key, &v);
    if (!v || !json_object_is_type(v, json_type_string))
        return bad_answer(cx, key);
    return pl_str_keep(
        cx, (pl_str){json_object_get_string(v), (size_t)json_object_get_string_len(v)},
        out);
}

static json_object *parse(pl_str text)
{
    json_tokener *t = json_tokener_new_ex(DEPTH);
    json_object *o = NULL;

    if (!t)
        return NULL;
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    if (text.n < INT32_MAX)
        o = json_tokener_parse_ex(t, text.p, (int)text.n);
    json_tokener_free(t);
    if (o && !json_object_is_type(o, json_type_object)) {
        json_object_put(o);
        o = NULL;
    }
    return o;
}

static pl_status keep_endpoints(pl_ctx *cx, json_object *o, pl_str issuer, endpoints *out)
{
    pl_str said;

    PL_TRY(keep_text(cx, o, "issuer", &said));
    PL_TRY(keep_text(cx, o, "authorization_endpoint", &out->authorization));
    PL_TRY(keep_text(cx, o, "token_endpoint", &out->token));
    PL_TRY(keep_text(cx, o, "jwks_uri", &out->keys));
    if (!pl_str_eq(said, issuer))
        return bad_answer(cx, "another issuer than the one asked");
    if (!pl_fetch_may(out->authorization) || !pl_fetch_may(out->token) ||
        !pl_fetch_may(out->keys))
        return bad_answer(cx, "addresses that are not https");
    return PL_OK;
}

/* OpenID Connect Discovery 1.0, section 4. */
static pl_status discover(pl_ctx *cx, const pl_oidc *o, endpoints *out)
{
    pl_str issuer = o->issuer, body;
    pl_fetch get = {0};
    json_object *said;
    pl_buf b;
    pl_status st;

    if (pl_str_ends(issuer, PL_S("/")))
        issuer.n--;
    pl_buf_init(&b, URL_BYTES);
    pl_buf_put(&b, issuer);
    pl_buf_put(&b, PL_S("/.well-known/openid-configuration"));
    st = pl_buf_keep(cx, &b, &get.url);
    pl_buf_release(&b);
    PL_TRY(st);
    PL_TRY(pl_fetch_run(cx, &get, &body));
    said = parse(body);
    st = said ? keep_endpoints(cx, said, o->issuer, out) : bad_answer(cx, "no JSON");
    json_object_put(said);
    return st;
}

/* ---- beginning */

/* PKCE's challenge of a verifier: base64url of its SHA-256. */
static void challenge_of(pl_str verifier, char out[PL_SECRET_CHARS + 1])
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, (const unsigned char *)verifier.p, verifier.n);
    sodium_bin2base64(out, PL_SECRET_CHARS + 1, digest, sizeof digest,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void put_pair(pl_buf *b, const char *name, pl_str value)
{
    pl_buf_putf(b, "&%s=", name);
    pl_fetch_escape(b, value);
}

static pl_status login_url(pl_ctx *cx, const pl_oidc *o, pl_str endpoint,
                           pl_str redirect_uri, pl_str state, pl_str nonce,
                           pl_str verifier, pl_str *out)
{
    char challenge[PL_SECRET_CHARS + 1];
    pl_buf b;
    pl_status st;

    challenge_of(verifier, challenge);
    pl_buf_init(&b, URL_BYTES);
    pl_buf_put(&b, endpoint);
    pl_buf_putf(&b, "%sresponse_type=code", pl_str_has(endpoint, PL_S("?")) ? "&" : "?");
    put_pair(&b, "client_id", o->client_id);
    put_pair(&b, "redirect_uri", redirect_uri);
    put_pair(&b, "scope", PL_S("openid email profile"));
    put_pair(&b, "state", state);
    put_pair(&b, "nonce", nonce);
    put_pair(&b, "code_challenge", pl_str_from(challenge));
    put_pair(&b, "code_challenge_method", PL_S("S256"));
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status put_flow(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                          pl_str state, pl_str nonce, pl_str verifier, pl_str invitation)
{
    char hash[PL_SECRET_HASH + 1], link_hash[PL_SECRET_HASH + 1] = "";
    pl_value old[] = {PL_V_TEXT(region_id), PL_V_INT(rq->now.s)};

    pl_secret_hash(PL_S("state"), state, hash);
    if (invitation.n)
        pl_secret_hash(PL_S("invitation"), invitation, link_hash);
    pl_value args[] = {PL_V_TEXT(region_id),
                       PL_V_TEXT(pl_str_from(hash)),
                       PL_V_TEXT(nonce),
                       PL_V_TEXT(verifier),
                       PL_V_TEXT(pl_str_from(link_hash)),
                       PL_V_INT(rq->now.s + PL_OIDC_S)};
    PL_TRY(pl_store_run(cx, s, PL_Q_flow_drop_old, old, PL_COUNT(old), NULL));
    return pl_store_run(cx, s, PL_Q_flow_put, args, PL_COUNT(args), NULL);
}

pl_status pl_oidc_begin(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                        const pl_oidc *o, pl_str redirect_uri, pl_str invitation,
                        pl_str *url, pl_str *state)
{
    pl_str nonce, verifier;
    endpoints e;

    PL_TRY(discover(cx, o, &e));
    PL_TRY(pl_secret_new(cx, (pl_str){0}, state));
    PL_TRY(pl_secret_new(cx, (pl_str){0}, &nonce));
    PL_TRY(pl_secret_new(cx, (pl_str){0}, &verifier));
    PL_TRY(login_url(cx, o, e.authorization, redirect_uri, *state, nonce, verifier, url));
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(
        cx, s, put_flow(cx, rq, s, region_id, *state, nonce, verifier, invitation));
}

/* ---- the way back */

typedef struct flow {
    pl_str nonce, verifier, invitation_hash;
} flow;

static pl_status fail_flow(pl_ctx *cx)
{
    return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no such login is under way here");
}

static pl_status read_flow(pl_ctx *cx, const pl_request *rq, pl_store *s,
                           pl_str region_id, pl_str hash, flow *out)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(hash), PL_V_INT(rq->now.s)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_flow_get, args, PL_COUNT(args), &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && !more)
        st = fail_flow(cx);
    if (st == PL_OK)
        st = pl_str_keep(cx, pl_rows_text(r, 0), &out->nonce);
    if (st == PL_OK)
        st = pl_str_keep(cx, pl_rows_text(r, 1), &out->verifier);
    if (st == PL_OK)
        st = pl_str_keep(cx, pl_rows_text(r, 2), &out->invitation_hash);
    pl_rows_end(r);
    return st;
}

/* The flow of a state, which is used up. */
static pl_status take_flow(pl_ctx *cx, const pl_request *rq, pl_store *s,
                           pl_str region_id, pl_str state, flow *out)
{
    char hash[PL_SECRET_HASH + 1];
    pl_status st;

    pl_secret_hash(PL_S("state"), state, hash);
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(pl_str_from(hash))};
    PL_TRY(pl_people_begin(cx, s));
    st = read_flow(cx, rq, s, region_id, pl_str_from(hash), out);
    if (st == PL_OK)
        st = pl_people_run_one(cx, s, PL_Q_flow_use, args, PL_COUNT(args),
                               "no such login is under way here");
    return pl_service_end(cx, s, st);
}

/* RFC 6749, section 2.3.1: both parts of Basic are escaped first. */
static pl_status escaped(pl_ctx *cx, pl_str in, pl_str *out)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, URL_BYTES);
    pl_fetch_escape(&b, in);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status fetch_token(pl_ctx *cx, const pl_oidc *o, pl_str endpoint,
                             const pl_oidc_answer *in, const flow *f, pl_str *id_token)
{
    pl_fetch post = {.url = endpoint};
    json_object *said;
    pl_str body;
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, URL_BYTES);
    pl_buf_put(&b, PL_S("grant_type=authorization_code"));
    put_pair(&b, "code", in->code);
    put_pair(&b, "redirect_uri", in->redirect_uri);
    put_pair(&b, "code_verifier", f->verifier);
    if (o->client_secret.n == 0)
        put_pair(&b, "client_id", o->client_id);
    st = pl_buf_keep(cx, &b, &post.form);
    pl_buf_release(&b);
    PL_TRY(st);
    if (o->client_secret.n) {
        PL_TRY(escaped(cx, o->client_id, &post.user));
        PL_TRY(escaped(cx, o->client_secret, &post.password));
    }
    PL_TRY(pl_fetch_run(cx, &post, &body));
    said = parse(body);
    st = said ? keep_text(cx, said, "id_token", id_token) : bad_answer(cx, "no JSON");
    json_object_put(said);
    return st;
}

/* OpenID Connect Core 1.0, section 3.1.3.7. */
static pl_status check_claims(pl_ctx *cx, const pl_request *rq, const pl_oidc *o,
                              const flow *f, const pl_claims *c)
{
    if (!pl_str_eq(c->issuer, o->issuer))
        return bad_answer(cx, "a token of another issuer");
    if (!c->is_for || (c->n_audiences > 1 && c->party.n == 0) ||
        (c->party.n && !pl_str_eq(c->party, o->client_id)))
        return bad_answer(cx, "a token for somebody else");
    if (c->ends_at_s + LEEWAY_S <= rq->now.s || c->made_at_s > rq->now.s + LEEWAY_S)
        return bad_answer(cx, "a token of another time");
    if (c->nonce.n == 0 || !pl_str_eq(c->nonce, f->nonce))
        return bad_answer(cx, "a token of another login");
    if (c->subject.n == 0 || c->subject.n > SUBJECT_BYTES)
        return bad_answer(cx, "a token of nobody");
    return PL_OK;
}

static pl_status verified_claims(pl_ctx *cx, const pl_request *rq, const pl_oidc *o,
                                 const pl_oidc_answer *in, const flow *f, pl_claims *out)
{
    pl_fetch get = {0};
    pl_str token, keys;
    endpoints e;

    PL_TRY(discover(cx, o, &e));
    PL_TRY(fetch_token(cx, o, e.token, in, f, &token));
    get.url = e.keys;
    PL_TRY(pl_fetch_run(cx, &get, &keys));
    PL_TRY(pl_jwt_verify(cx, token, keys, o->client_id, out));
    return check_claims(cx, rq, o, f, out);
}

/* ---- whose subject it is */

/* Is somebody invited by this link? It is used up. */
static pl_status invited(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                         pl_str hash, pl_str *user_id)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(PL_S("invitation")),
                       PL_V_TEXT(hash), PL_V_INT(rq->now.s)};

    *user_id = (pl_str){0};
    if (hash.n == 0)
        return PL_OK;
    PL_TRY(pl_id_look_up(cx, s, PL_Q_link_find, args, PL_COUNT(args), user_id));
    return pl_store_run(cx, s, PL_Q_link_use, args, PL_COUNT(args), NULL);
}

/* The user whose login is this address. */
static pl_status of_email(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str email,
                          pl_str *user_id)
{
    pl_user_secrets u;
    pl_str login;

    *user_id = (pl_str){0};
    if (!pl_str_has(email, PL_S("@")))
        return PL_OK;
    PL_TRY(pl_login_fold(cx, email, &login));
    PL_TRY(pl_user_secrets_get(cx, s, region_id, login, &u));
    *user_id = u.user_id;
    return PL_OK;
}

static pl_status link_subject(pl_ctx *cx, const pl_request *rq, pl_store *s,
                              pl_str region_id, pl_str issuer, pl_str subject,
                              pl_str *user_id)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(*user_id), PL_V_TEXT(issuer),
                       PL_V_TEXT(subject)};
    int64_t changed = 0;

    PL_TRY(pl_store_run(cx, s, PL_Q_user_link_subject, args, PL_COUNT(args), &changed));
    if (changed == 1)
        return pl_people_audit(cx, rq, s, region_id, "oidc_link", "user", *user_id,
                               PL_S(""), PL_S(""));
    *user_id = (pl_str){0}; /* disabled, or linked to another subject */
    return PL_OK;
}

static pl_status user_of(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                         pl_str issuer, pl_str subject, pl_str email,
                         pl_str invitation_hash, pl_str *user_id)
{
    pl_value known[] = {PL_V_TEXT(region_id), PL_V_TEXT(issuer), PL_V_TEXT(subject)};

    PL_TRY(pl_id_look_up(cx, s, PL_Q_user_of_subject, known, PL_COUNT(known), user_id));
    if (user_id->n)
        return PL_OK;
    PL_TRY(invited(cx, rq, s, region_id, invitation_hash, user_id));
    if (user_id->n == 0)
        PL_TRY(of_email(cx, s, region_id, email, user_id));
    return user_id->n ? link_subject(cx, rq, s, region_id, issuer, subject, user_id)
                      : PL_OK;
}

pl_status pl_oidc_user(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                       pl_str issuer, pl_str subject, pl_str verified_email,
                       pl_str invitation_hash, pl_str *user_id)
{
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s,
                          user_of(cx, rq, s, region_id, issuer, subject, verified_email,
                                  invitation_hash, user_id));
}

pl_status pl_oidc_finish(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                         const pl_oidc *o, const pl_oidc_answer *in, pl_login_result *out)
{
    pl_login from = {.address = in->address, .agent = in->agent};
    pl_claims c;
    pl_str user_id, email;
    flow f;

    *out = (pl_login_result){.outcome = PL_LOGIN_REFUSED};
    if (in->state.n == 0 || in->state.n != in->cookie.n ||
        sodium_memcmp(in->state.p, in->cookie.p, in->state.n) != 0)
        return fail_flow(cx);
    PL_TRY(take_flow(cx, rq, s, region_id, in->state, &f));
    PL_TRY(verified_claims(cx, rq, o, in, &f, &c));
    email = c.email_verified ? c.email : (pl_str){0};
    PL_TRY(pl_oidc_user(cx, rq, s, region_id, o->issuer, c.subject, email,
                        f.invitation_hash, &user_id));
    if (user_id.n == 0)
        return PL_OK;
    return pl_session_begin_for(cx, rq, s, region_id, user_id, &from, out);
}
