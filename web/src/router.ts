/* The pages and their addresses. `perm`: what somebody must be allowed, to be shown it. */
import { createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router';
import { connect } from './core/events';
import { chosen, latest, loadPlans, plans } from './core/plans';
import { load, may, reads, session, type Permission } from './core/session';
import { t, type Key } from './i18n';

declare module 'vue-router' {
  interface RouteMeta {
    title: Key;
    perm?: Permission;
    open?: boolean;
  }
}

const page = (path: string, name: string, title: Key, component: RouteRecordRaw['component'], perm?: Permission): RouteRecordRaw =>
  ({ path, name, component: component!, meta: { title, perm } });
const open = (path: string, name: string, title: Key, component: RouteRecordRaw['component']): RouteRecordRaw =>
  ({ path, name, component: component!, meta: { title, open: true } });

const routes: RouteRecordRaw[] = [
  page('/', 'home', 'nav.overview', () => import('./pages/HomePage.vue')),
  page('/plans/:plan', 'overview', 'nav.overview', () => import('./pages/OverviewPage.vue')),
  page('/plans/:plan/indicators', 'indicators', 'nav.indicators', () => import('./pages/IndicatorsPage.vue')),
  page('/plans/:plan/indicators/:ordinal', 'indicator', 'indicator', () => import('./pages/IndicatorPage.vue')),
  page('/plans/:plan/tasks', 'tasks', 'nav.tasks', () => import('./pages/TasksPage.vue')),
  page('/plans/:plan/units', 'units', 'nav.units', () => import('./pages/UnitsPage.vue')),
  page('/units/:unit', 'unit', 'nav.units', () => import('./pages/UnitPage.vue')),
  page('/plans/:plan/findings', 'findings', 'nav.findings', () => import('./pages/FindingsPage.vue'), 'finding_read'),
  page('/plans/:plan/findings/:finding', 'finding', 'nav.findings', () => import('./pages/FindingPage.vue'), 'finding_read'),
  page('/documents/:document', 'document', 'nav.document', () => import('./pages/DocumentPage.vue'), 'plan_read'),
  page('/compare', 'compare', 'nav.compare', () => import('./pages/ComparePage.vue'), 'plan_read'),
  page('/import', 'import', 'nav.import', () => import('./pages/ImportPage.vue'), 'import'),
  page('/search', 'search', 'nav.search', () => import('./pages/SearchPage.vue')),
  page('/admin', 'admin', 'nav.admin', () => import('./pages/AdminPage.vue')),
  page('/audit', 'audit', 'nav.audit', () => import('./pages/AuditPage.vue'), 'audit_read'),
  page('/account', 'account', 'nav.account', () => import('./pages/AccountPage.vue'), 'account'),
  open('/login', 'login', 'login.title', () => import('./pages/LoginPage.vue')),
  open('/setup/:token', 'setup', 'setup.title', () => import('./pages/SetupPage.vue')),
  open('/invitation/:token', 'invitation', 'invitation.title', () => import('./pages/InvitationPage.vue')),
  page('/:rest(.*)*', 'nowhere', 'error.title', () => import('./pages/NowherePage.vue')),
];

export function makeRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
  });
  router.beforeEach(async (to) => {
    if (!session.loaded) {
      try {
        await load();
      } catch {
        return to.meta.open || to.name === 'nowhere' ? true : { name: 'login', query: { next: to.fullPath } };
      }
    }
    if (to.meta.open) return true;
    if (!session.value.user && !reads()) return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
    if (to.meta.perm && !may(to.meta.perm)) return to.name === 'nowhere' ? true : { name: 'nowhere', params: { rest: ['403'] } };
    if (session.value.user) connect();
    if (plans.value.length === 0 && reads()) await loadPlans().catch(() => undefined);
    if (typeof to.params.plan === 'string') chosen.value = to.params.plan;
    else if (!chosen.value) chosen.value = latest.value?.id ?? null;
    return true;
  });
  router.afterEach((to) => {
    document.title = `${t(to.meta.title)} · ${t('brand')}`;
  });
  return router;
}
