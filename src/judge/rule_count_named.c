/* Things that are named before they are counted: `公园、绿道等3个项目`. No more can be
 * named than are counted; without 等, as many are. R-401.
 *
 * Names are parted by 、 outside quotes and brackets. 和 与 及 may stand in a name, or
 * between two lists, so they only widen what the names can amount to. */
#include "judge/rules.h"

#include "text/utf8.h"

enum {
    LOOK_BYTES = 360, /* 120 characters before the count */
    COUNT_MOST = 99   /* nobody names more */
};

/* How many things the words before a count can name. */
typedef struct named {
    size_t from;        /* offset of the list in the fold */
    size_t least, most; /* separated by 、 alone; by 和 and its like too */
    bool open;          /* 等: there may be more */
} named;

static const pl_str opens[] = {PL_S_INIT("("), PL_S_INIT("“"), PL_S_INIT("《"),
                               PL_S_INIT("〔"), PL_S_INIT("‘")};
static const pl_str closes[] = {PL_S_INIT(")"), PL_S_INIT("”"), PL_S_INIT("》"),
                                PL_S_INIT("〕"), PL_S_INIT("’")};
static const pl_str stops[] = {
    PL_S_INIT("。"), PL_S_INIT(";"), PL_S_INIT(","), PL_S_INIT(":"), PL_S_INIT("!"),
    PL_S_INIT("?"),  PL_S_INIT("ü"), PL_S_INIT("Ø"), PL_S_INIT("•"), PL_S_INIT("\n")};
static const pl_str begins[] = {PL_S_INIT("以及"), PL_S_INIT("其中"), PL_S_INIT("包括"),
                                PL_S_INIT("涵盖"), PL_S_INIT("覆盖"), PL_S_INIT("围绕"),
                                PL_S_INIT("聚焦")};
static const pl_str joins[] = {PL_S_INIT("和"), PL_S_INIT("与"), PL_S_INIT("及"),
                               PL_S_INIT("暨"), PL_S_INIT("或")};

#define MARK_AT(s, set) pl_str_prefix_of((s), (set), PL_COUNT(set))

/* Words that a clause begins with: a name that begins so is none, but the next thing done
 * (扩大开放、建成东湖、西湖等2个公园). */
static const pl_str doings[] = {
    PL_S_INIT("推进"), PL_S_INIT("加快"), PL_S_INIT("建成"), PL_S_INIT("建设"),
    PL_S_INIT("完成"), PL_S_INIT("实施"), PL_S_INIT("开展"), PL_S_INIT("启动"),
    PL_S_INIT("打造"), PL_S_INIT("扩大"), PL_S_INIT("深化"), PL_S_INIT("强化"),
    PL_S_INIT("加强"), PL_S_INIT("优化"), PL_S_INIT("提升"), PL_S_INIT("推动"),
    PL_S_INIT("支持"), PL_S_INIT("培育"), PL_S_INIT("引进"), PL_S_INIT("新建"),
    PL_S_INIT("改造"), PL_S_INIT("修缮"), PL_S_INIT("组织"), PL_S_INIT("落实"),
    PL_S_INIT("制定"), PL_S_INIT("出台"), PL_S_INIT("完善"), PL_S_INIT("健全"),
    PL_S_INIT("布局"), PL_S_INIT("发展"), PL_S_INIT("举办"), PL_S_INIT("创建"),
    PL_S_INIT("服务"), PL_S_INIT("保障"), PL_S_INIT("促进"), PL_S_INIT("引导"),
    PL_S_INIT("做好"), PL_S_INIT("抓好"), PL_S_INIT("建立"), PL_S_INIT("统筹"),
    PL_S_INIT("实现"), PL_S_INIT("获批"), PL_S_INIT("获评"), PL_S_INIT("承办"),
    PL_S_INIT("力争"), PL_S_INIT("积极"), PL_S_INIT("大力"), PL_S_INIT("有序")};

/* What is counted in groups, of which each has several of what is named. */
static const pl_str groupings[] = {
    PL_S_INIT("类"),   PL_S_INIT("大类"), PL_S_INIT("批"),   PL_S_INIT("组"),
    PL_S_INIT("轮"),   PL_S_INIT("套"),   PL_S_INIT("级"),   PL_S_INIT("期"),
    PL_S_INIT("层"),   PL_S_INIT("方面"), PL_S_INIT("领域"), PL_S_INIT("批次"),
    PL_S_INIT("板块"), PL_S_INIT("片区"), PL_S_INIT("集群"), PL_S_INIT("层面"),
    PL_S_INIT("体系"), PL_S_INIT("系列"), PL_S_INIT("环节"), PL_S_INIT("组团"),
    PL_S_INIT("梯队"), PL_S_INIT("区域"), PL_S_INIT("维度"), PL_S_INIT("种")};

static bool is_grouping(const pl_fact_text *t, const pl_fact *f)
{
    pl_str noun = pl_str_tail(t->fold.s, f->q.at.at + f->q.at.n);

    return pl_str_is_any(f->unit, groupings, PL_COUNT(groupings)) ||
           pl_str_starts_any(noun, groupings, PL_COUNT(groupings));
}

/* Forget what was read: a list begins at `at`. `behind` a figure, what stands before the
 * first 、 is what that figure counts. */
static void restart(named *list, size_t at, bool behind)
{
    *list = (named){.from = at, .least = !behind, .most = !behind};
}

typedef struct reading {
    named list;
    int depth;
    bool joined; /* 和 since the last 、 */
} reading;

/* First characters of `begins` and `joins`. */
#define FIRST_CHARS(X) \
    X(0x4EE5)          \
    X(0x5176)          \
    X(0x5305)          \
    X(0x6DB5)          \
    X(0x8986) X(0x56F4) X(0x805A) X(0x548C) X(0x4E0E) X(0x53CA) X(0x66A8) X(0x6216)

static const pl_char_filter first_char = PL_CHAR_FILTER(FIRST_CHARS);

/* May something be at p that parts names, or ends them? */
static bool may_part(const char *p)
{
    return !pl_is_ideograph_byte(*p) || pl_char_may_be(&first_char, p);
}

/* One character, or mark, at s[i]; its bytes. */
static size_t step(reading *r, pl_str s, size_t i)
{
    pl_str rest = pl_str_tail(s, i);
    size_t n;

    if (!may_part(rest.p))
        return pl_utf8_len((unsigned char)s.p[i]);
    if ((n = MARK_AT(rest, opens)) > 0) {
        r->depth++;
        return n;
    }
    if ((n = MARK_AT(rest, closes)) > 0) {
        r->depth -= r->depth > 0;
        return n;
    }
    if (r->depth)
        return pl_utf8_len((unsigned char)s.p[i]);
    if ((n = MARK_AT(rest, stops)) > 0 || (n = MARK_AT(rest, begins)) > 0) {
        restart(&r->list, i + n, false);
        r->joined = false;
    } else if (pl_str_starts(rest, PL_S("、"))) {
        n = PL_S("、").n;
        r->list.least = r->joined ? 2 : r->list.least + 1;
        if (MARK_AT(pl_str_tail(rest, n), doings))
            r->list.least = 1;
        r->list.most++;
        r->joined = false;
    } else if ((n = MARK_AT(rest, joins)) > 0) {
        r->list.most++;
        r->joined = true;
    } else {
        n = pl_utf8_len((unsigned char)s.p[i]);
    }
    return n;
}

/* The list that ends where the count begins. */
static named read_list(pl_str s, size_t from, size_t at, bool behind)
{
    static const pl_str sums[] = {PL_S_INIT("这"), PL_S_INIT("共"), PL_S_INIT("共计")};
    reading r = {{0}, 0, false};
    pl_str words = pl_str_sub(s, 0, at);
    bool open;

    for (size_t i = 0; i < PL_COUNT(sums); i++)
        if (pl_str_ends(words, sums[i]))
            words.n -= sums[i].n;
    open = pl_str_ends(words, PL_S("等"));
    restart(&r.list, from, behind);
    for (size_t i = from; i < words.n;)
        i += step(&r, words, i);
    r.list.open = open;
    return r.list;
}

/* Where to begin: at most LOOK_BYTES back, at a character, and behind the fact before. */
static size_t look_from(const pl_plan *plan, const pl_fact_text *t, size_t fact,
                        bool *behind)
{
    const pl_fact *f = &plan->facts.p[fact];
    size_t at = f->q.at.at, from = at > LOOK_BYTES ? at - LOOK_BYTES : 0;

    while (from < at && ((unsigned char)t->fold.s.p[from] & 0xc0) == 0x80)
        from++;
    *behind = from > 0;
    if (fact > t->first_fact && f[-1].q.at.at + f[-1].q.at.n > from) {
        from = f[-1].q.at.at + f[-1].q.at.n;
        *behind = true;
    }
    return from < at ? from : at;
}

static pl_status say(pl_ctx *cx, pl_check *check, const pl_fact_text *t, const pl_fact *f,
                     const named *list, pl_severity severity)
{
    bool whole = severity == PL_SEVERITY_HELD && list->most >= (size_t)f->value.coef;
    size_t n =
        severity == PL_SEVERITY_HELD && whole ? (size_t)f->value.coef : list->least;
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE, severity, &r));
    if (severity == PL_SEVERITY_HELD) {
        PL_TRY(pl_relation_zh(
            cx, r, whole ? "列举%zu个，与“%.*s”一致" : "列举%zu个，在“%.*s”之内", n,
            PL_FMT(f->text)));
        PL_TRY(pl_relation_en(
            cx, r, whole ? "%zu are named, as '%.*s' says" : "%zu are named of '%.*s'", n,
            PL_FMT(f->text)));
    } else {
        PL_TRY(pl_relation_zh(cx, r, "列举了%zu个，却称“%.*s”", n, PL_FMT(f->text)));
        PL_TRY(pl_relation_en(cx, r, "%zu are named, but '%.*s' are counted", n,
                              PL_FMT(f->text)));
    }
    r->found = f->text;
    return pl_relation_at_fold(
        cx, r, t, (pl_span){list->from, f->q.at.at + f->q.at.n - list->from});
}

pl_status pl_rule_count_named(pl_ctx *cx, pl_check *check)
{
    const pl_plan *plan = check->plan;

    for (size_t i = 0; i < plan->texts.n; i++) {
        const pl_fact_text *t = &plan->texts.p[i];

        for (size_t k = t->first_fact; k < t->first_fact + t->n_facts; k++) {
            const pl_fact *f = &plan->facts.p[k];
            bool behind;
            named list;
            size_t from, count = (size_t)pl_fact_count(f, COUNT_MOST);

            if (count == 0)
                continue;
            from = look_from(plan, t, k, &behind);
            list = read_list(t->fold.s, from, f->q.at.at, behind);
            if (list.most < 2)
                continue;
            if (list.open && list.least > count && is_grouping(t, f))
                continue;
            if (list.open && list.least > count)
                PL_TRY(say(cx, check, t, f, &list, PL_SEVERITY_WARNING));
            else if (list.open || (list.least <= count && count <= list.most))
                PL_TRY(say(cx, check, t, f, &list, PL_SEVERITY_HELD));
        }
    }
    return PL_OK;
}
