/* A program of somebody else's: the installed header and library, nothing of the tree. */
#include <plumbline.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char table[] = "2022年计划指标完成情况\n\n"
                            "| 序号 | 指标 | 2022年目标值 | 2022年完成值 |\n"
                            "| --- | --- | --- | --- |\n"
                            "| 1 | 地区生产总值增速(%) | 6以上 | 4 |\n"
                            "| 2 | 新增停车位(个) | 5000以上 | 6579 |\n";

static void need(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "not so: %s\n", what);
        exit(1);
    }
}

static void judges_one_phrase(plumbline *p)
{
    const char *zh = NULL, *en = NULL;

    need(plumbline_eval(p, "6以上", "4", NULL, NULL, &zh, &en) == PLUMBLINE_MISSED,
         "4 misses 6以上");
    need(zh && *zh && en && *en, "a verdict is explained in both languages");
    need(plumbline_eval(p, "控制在3%以内", "2.6%", NULL, NULL, NULL, NULL) ==
             PLUMBLINE_MET,
         "2.6% meets 控制在3%以内");
    need(plumbline_eval(p, "\xff", "1", NULL, NULL, NULL, NULL) == PLUMBLINE_UNDETERMINED,
         "what is not UTF-8 is not judged");
}

static void checks_a_document(plumbline *p)
{
    plumbline_plan *plan = plumbline_read(p, table, sizeof table - 1);
    char *json;

    need(plan != NULL, "the document is read");
    need(plumbline_indicator_rows(plan) == 2, "it has two indicators");
    need(plumbline_check_json(plan) == NULL, "no check before it is asked for");
    need(plumbline_check(plan, NULL) == 0, "it is checked");
    need(plumbline_checked_year(plan) == 2022, "for 2022");
    need(plumbline_count(plan, PLUMBLINE_MET) == 1, "one is met");
    need(plumbline_count(plan, PLUMBLINE_MISSED) == 1, "one is missed");
    need(strcmp(plumbline_verdict_at(plan, 0)->target, "6以上") == 0,
         "target as written");
    need(plumbline_verdict_at(plan, 0)->line == 5, "a verdict leads to its line");
    need(plumbline_verdict_at(plan, 2) == NULL, "nothing past the end");
    json = plumbline_check_json(plan);
    need(json && strstr(json, "\"missed\""), "the check is JSON");
    free(json);
    plumbline_plan_free(plan);
}

int main(void)
{
    plumbline *p = plumbline_new(NULL, 0);

    need(p != NULL, "a reader is made");
    need(plumbline_read(p, "\0\0\0\0", 4) == NULL && *plumbline_error(p),
         "what cannot be read says why");
    judges_one_phrase(p);
    checks_a_document(p);
    plumbline_free(p);
    printf("plumbline %s\n", plumbline_version());
    return 0;
}
