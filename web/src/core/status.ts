/* Every status in one table: its icon, its colour, its words. Never colour alone. */
import {
  CaretBottom, CaretTop, CircleCheckFilled, CircleCloseFilled, CirclePlusFilled, EditPen,
  InfoFilled, Link as LinkIcon, QuestionFilled, RemoveFilled, SemiSelect, Switch, WarningFilled,
} from '@element-plus/icons-vue';
import type { Component } from 'vue';

export type StatusSet = 'verdict' | 'severity' | 'change' | 'link' | 'attribute' | 'admin.state' | 'findings';
export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'quiet';

interface Status {
  icon: Component;
  tone: Tone;
}

const table: Record<string, Status> = {
  'verdict.met': { icon: CircleCheckFilled, tone: 'good' },
  'verdict.missed': { icon: CircleCloseFilled, tone: 'bad' },
  'verdict.undetermined': { icon: QuestionFilled, tone: 'quiet' },
  'verdict.none': { icon: SemiSelect, tone: 'quiet' },
  'severity.error': { icon: CircleCloseFilled, tone: 'bad' },
  'severity.warning': { icon: WarningFilled, tone: 'warn' },
  'severity.note': { icon: InfoFilled, tone: 'info' },
  'change.tightened': { icon: CaretTop, tone: 'good' },
  'change.loosened': { icon: CaretBottom, tone: 'warn' },
  'change.reworded': { icon: EditPen, tone: 'info' },
  'change.unit': { icon: Switch, tone: 'info' },
  'change.new': { icon: CirclePlusFilled, tone: 'info' },
  'change.dropped': { icon: RemoveFilled, tone: 'bad' },
  'change.same': { icon: SemiSelect, tone: 'quiet' },
  'link.new': { icon: CirclePlusFilled, tone: 'info' },
  'link.same': { icon: LinkIcon, tone: 'quiet' },
  'link.unsure': { icon: QuestionFilled, tone: 'warn' },
  'link.confirmed': { icon: CircleCheckFilled, tone: 'good' },
  'admin.state.active': { icon: CircleCheckFilled, tone: 'good' },
  'admin.state.disabled': { icon: RemoveFilled, tone: 'quiet' },
  'admin.state.invited': { icon: InfoFilled, tone: 'info' },
  'findings.waived': { icon: RemoveFilled, tone: 'quiet' },
  'findings.open': { icon: WarningFilled, tone: 'warn' },
};

export const statusOf = (set: StatusSet, token: string): Status =>
  table[`${set}.${token}`] ?? { icon: InfoFilled, tone: 'quiet' };
