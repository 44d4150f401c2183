/* Failures as problem documents (RFC 9457). */
#ifndef PL_HTTP_PROBLEM_H
#define PL_HTTP_PROBLEM_H

#include "codec/json.h"
#include "judge/verdict.h"

/* Problems that are made here, each with its stable `type`.
 * X(NAME, status, "token", "zh", "en") */
#define PL_PROBLEM_LIST(X)                                                               \
    X(BAD_REQUEST, 400, "bad-request", "请求有误", "the request is not well-formed")     \
    X(BAD_JSON, 400, "bad-json", "请求内容不是 JSON", "the body is no JSON")             \
    X(LOGIN_NEEDED, 401, "login-needed", "请先登录", "log in first")                     \
    X(FORBIDDEN, 403, "forbidden", "没有权限", "this is not permitted to you")           \
    X(CSRF, 403, "csrf", "页面已过期，请刷新", "the request lacks its CSRF token")       \
    X(NOT_FOUND, 404, "not-found", "不存在", "there is no such thing")                   \
    X(METHOD, 405, "method-not-allowed", "不支持该操作",                                 \
      "the resource has no such "                                                        \
      "method")                                                                          \
    X(CONFLICT, 409, "conflict", "与现有数据冲突", "in conflict with what is there")     \
    X(REPEATED, 409, "repeated", "同一请求正在处理", "the same request is being served") \
    X(STALE, 412, "stale", "内容已被他人修改，请刷新",                                   \
      "it was changed since you read it")                                                \
    X(TOO_LARGE, 413, "too-large", "内容过大", "too large")                              \
    X(NO_DOCUMENT, 415, "no-document", "不是可读的文件", "not a document that is read")  \
    X(SCANNED, 422, "no-text", "文件只有图片，没有文字",                                 \
      "the document has pictures of "                                                    \
      "pages only")                                                                      \
    X(ENCRYPTED, 422, "encrypted", "文件有密码", "the document needs a password")        \
    X(STOPPED, 422, "stopped", "读取该文件时中止", "reading the document was stopped")   \
    X(INVALID, 422, "invalid", "内容不符合要求", "the content is not valid")             \
    X(KEY_REUSED, 422, "key-reused", "幂等键已用于别的请求",                             \
      "the idempotency key stands for another request")                                  \
    X(MATCH_NEEDED, 428, "match-needed", "需要 If-Match", "If-Match is needed")          \
    X(FAILED, 500, "failed", "服务器出错", "the server failed")                          \
    X(BUSY, 503, "busy", "系统繁忙，请稍后再试", "busy: try again")                      \
    X(DISK_FULL, 507, "disk-full", "磁盘已满", "the disk is full")

typedef enum pl_problem {
#define X(name, status, token, zh, en) PL_PROBLEM_##name,
    PL_PROBLEM_LIST(X)
#undef X
        PL_PROBLEM_COUNT
} pl_problem;

/* `type` of every problem begins with this. */
#define PL_PROBLEM_TYPE "https://plumbline.invalid/problems/"

/* The problem that a failure is; a handler's, so that PL_ESYNTAX is what was sent. */
pl_problem pl_problem_of(pl_status st);
int pl_problem_status(pl_problem p);
const char *pl_problem_token(pl_problem p);
pl_bitext pl_problem_title(pl_problem p);

/* The document; `detail` may be empty. */
void pl_problem_put(pl_buf *out, int status, const char *token, pl_str title,
                    pl_str detail, pl_str request_id);

#endif
