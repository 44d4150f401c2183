#include "judge/rules.h"

const pl_rule pl_rules[] = {
    {PL_S_INIT("sequence"),
     {PL_S_INIT("序号连续、不重复"), PL_S_INIT("numbers run without gaps or repeats")},
     pl_rule_sequence},
    {PL_S_INIT("structure"),
     {PL_S_INIT("表格完整"), PL_S_INIT("tables are whole")},
     pl_rule_structure},
    {PL_S_INIT("claim_counts"),
     {PL_S_INIT("正文所称指标数、完成数与附表及判定一致"),
      PL_S_INIT("claimed numbers of indicators agree with the table and the verdicts")},
     pl_rule_claim_counts},
    {PL_S_INIT("repeat"),
     {PL_S_INIT("同一数量各处一致"), PL_S_INIT("one quantity is the same everywhere")},
     pl_rule_repeat},
    {PL_S_INIT("wording"),
     {PL_S_INIT("正文的任务与任务表逐句一致"),
      PL_S_INIT("the narrative's tasks and the task table say the same")},
     pl_rule_wording},
    {{0}, {{0}, {0}}, NULL},
};
