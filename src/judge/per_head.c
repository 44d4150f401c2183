#include "judge/per_head.h"

/* Longest first. */
static const struct {
    pl_str word;
    int people;
} scales[] = {
    {PL_S_INIT("100,000"), 100000}, {PL_S_INIT("100000"), 100000},
    {PL_S_INIT("10,000"), 10000},   {PL_S_INIT("10000"), 10000},
    {PL_S_INIT("1,000"), 1000},     {PL_S_INIT("1000"), 1000},
    {PL_S_INIT("100"), 100},        {PL_S_INIT("十万"), 100000},
    {PL_S_INIT("10万"), 100000},    {PL_S_INIT("百"), 100},
    {PL_S_INIT("千"), 1000},        {PL_S_INIT("万"), 10000},
};

static int scale_eat(pl_str *s)
{
    for (size_t i = 0; i < PL_COUNT(scales); i++)
        if (pl_str_eat(s, scales[i].word))
            return scales[i].people;
    return 0;
}

/* 名常住人口, 人口, 人; people, residents. */
static bool people_eat(pl_str *rest)
{
    static const pl_str lead[] = {PL_S_INIT("名"), PL_S_INIT("个"), PL_S_INIT("位"),
                                  PL_S_INIT(" ")};
    static const pl_str who[] = {PL_S_INIT("常住"), PL_S_INIT("户籍"), PL_S_INIT("居民"),
                                 PL_S_INIT("resident ")};
    static const pl_str people[] = {PL_S_INIT("人"),         PL_S_INIT("居民"),
                                    PL_S_INIT("people"),     PL_S_INIT("residents"),
                                    PL_S_INIT("population"), PL_S_INIT("inhabitants"),
                                    PL_S_INIT("persons")};
    pl_str s = *rest;

    for (size_t i = 0; i < PL_COUNT(lead); i++)
        if (pl_str_eat(&s, lead[i]))
            break;
    for (size_t i = 0;
         i < PL_COUNT(who) && !pl_str_starts_any(s, people, PL_COUNT(people)); i++)
        (void)pl_str_eat(&s, who[i]);
    for (size_t i = 0; i < PL_COUNT(people); i++)
        if (pl_str_eat(&s, people[i])) {
            (void)pl_str_eat(&s, PL_S("口"));
            *rest = s;
            return true;
        }
    return false;
}

/* Per how many people a name counts; *rest is what is behind that. */
static int name_read(pl_str name, pl_str *rest)
{
    static const pl_str lead[] = {PL_S_INIT("每"), PL_S_INIT("per ")};

    for (size_t i = 0; i < PL_COUNT(lead); i++) {
        size_t at = pl_str_find(name, lead[i], 0);
        pl_str s = at == PL_NOPOS ? (pl_str){0} : pl_str_tail(name, at + lead[i].n);
        int people = scale_eat(&s);

        if (people && people_eat(&s)) {
            *rest = s;
            return people;
        }
    }
    return 0;
}

pl_per pl_per_of_name(pl_str name)
{
    pl_str rest;
    int people = name_read(name, &rest);

    if (people)
        return (pl_per){people};
    return (pl_per){pl_str_has(name, PL_S("人均")) ||
                    pl_str_has(name, PL_S("per capita"))};
}

pl_str pl_per_rest(pl_str name)
{
    pl_str rest;

    return name_read(name, &rest) && rest.n ? rest : name;
}

static size_t stroke(pl_str unit)
{
    return pl_str_find(unit, PL_S("/"), 0);
}

pl_per pl_per_of_unit(pl_str unit)
{
    size_t at = stroke(unit);
    pl_str rest;
    int people;

    if (at == PL_NOPOS)
        return (pl_per){0};
    rest = pl_str_tail(unit, at + 1);
    people = scale_eat(&rest);
    if (!pl_str_eq(rest, PL_S("人")) && !pl_str_eq(rest, PL_S("人口")) &&
        !people_eat(&rest))
        return (pl_per){0};
    return (pl_per){people ? people : 1};
}

pl_str pl_per_above(pl_str unit)
{
    return pl_per_is_none(pl_per_of_unit(unit)) ? unit
                                                : pl_str_sub(unit, 0, stroke(unit));
}

const char *pl_per_zh(pl_per per)
{
    switch (per.people) {
    case 100:
        return "百";
    case 1000:
        return "千";
    case 10000:
        return "万";
    case 100000:
        return "十万";
    default:
        return "";
    }
}
