// Walks the cockpit as its users do, in Debian's chromium, against a program that runs.
// usage: node walk.mjs ADDRESS SETUP-LINK DOCUMENT PICTURES MODE
// MODE: full (every page, both languages, axe, narrow) or main (from set-up to verdict).
// Prints a line of JSON per check: {"name", "ok", "why"}.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const web = new URL('../../web/', import.meta.url);
const require = createRequire(web);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [address, setupLink, documentPath, pictures, mode] = process.argv.slice(2);
const base = address.replace(/\/$/, '');
const PASSWORD = 'a long pass phrase 42';

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 860 } });
// axe is put in as text, which the page's policy rightly forbids to pages.
const page = await context.newPage();
page.setDefaultTimeout(8000);
const errors = [];
page.on('pageerror', (e) => errors.push(String(e)));
page.on('console', (m) => {
  if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) errors.push(m.text());
});

function result(name, ok, why = '') {
  console.log(JSON.stringify({ name, ok, why }));
}
async function check(name, work) {
  errors.length = 0;
  try {
    await work();
    if (errors.length) throw new Error(`console: ${errors.join(' | ').slice(0, 600)}`);
    result(name, true);
  } catch (e) {
    await page.screenshot({ path: join(pictures, `failed-${name.replace(/\W+/g, '-')}.png`) }).catch(() => {});
    result(name, false, String(e.stack ?? e).slice(0, 900));
  }
}
function must(condition, why) {
  if (!condition) throw new Error(why);
}
const heading = () => page.locator('main h1').first();
async function open(path) {
  await page.goto(base + path);
  await heading().waitFor();
  await page.locator('.loading').waitFor({ state: 'detached' });
}
async function accessible() {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const bad = found.violations.filter((v) => ['serious', 'critical'].includes(v.impact));
  must(bad.length === 0, bad.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join('; ')}`).join(' | '));
}
const wide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

let plan = '';
let document = '';
let ordinal = '4';

await check('the first administrator is made by the link', async () => {
  await page.goto(setupLink);
  await page.fill('[name=login]', 'boss');
  await page.fill('[name=name]', '王主任');
  await page.fill('[name=password]', PASSWORD);
  await page.screenshot({ path: join(pictures, 'setup-zh.png') });
  await accessible();
  await page.click('button[type=submit]');
  await page.waitForURL(`${base}/`);
});
await check('a document is imported, and its overview opens', async () => {
  await open('/import');
  await page.setInputFiles('input[type=file]', documentPath);
  await page.locator('.job .counts').waitFor();
  await page.screenshot({ path: join(pictures, 'import-zh.png'), fullPage: true });
  await page.locator('.job a[href^="/plans/"]').last().click();
  await page.locator('.scores').waitFor();
  plan = page.url().split('/').pop();
  const met = Number(await page.locator('.score .score-n').nth(0).innerText());
  must(met > 0, `met: ${met}`);
});
await check('a missed indicator leads to its arithmetic, and to its place in the document', async () => {
  await page.locator('.missed a').first().click();
  await page.locator('.facts').waitFor();
  ordinal = page.url().split('/').pop();
  must((await page.locator('.facts').innerText()).includes('4'), 'no figures');
  await page.locator('.facts dd a').last().click();
  await page.locator('mark.on').first().waitFor();
  document = new URL(page.url()).pathname.split('/').pop();
});
await check('the place in the document leads back to the indicator', async () => {
  await page.locator('mark.on[data-kind=indicator]').first().click();
  await page.waitForURL(`**/indicators/${ordinal}`);
});
await check('the table filters, sorts and searches, and the address keeps it', async () => {
  await open(`/plans/${plan}/indicators`);
  const rows = page.locator('table.data tbody tr');
  await rows.first().waitFor();
  const all = await rows.count();
  await page.locator('.table-tools select').nth(1).selectOption('missed');
  await page.waitForURL(/verdict=missed/);
  await page.waitForFunction((n) => window.document.querySelectorAll('table.data tbody tr').length < n, all);
  const missed = await rows.count();
  await page.reload();
  await rows.first().waitFor();
  must((await rows.count()) === missed, 'the filter did not stay');
  await page.locator('th button.sort').first().click();
  await page.waitForURL(/sort=/);
  await page.fill('.search-box input', '不会有这样的指标');
  await page.locator('.empty').waitFor();
});
await check('a finding is waived with a reason, and opened again', async () => {
  await open(`/plans/${plan}/findings`);
  await page.locator('table.data tbody a').first().click();
  await page.locator('.places li').first().waitFor();
  await page.locator('mark.on').first().waitFor();
  const button = page.locator('section.card button.el-button').first();
  for (const done of ['tone-quiet', 'tone-warn']) {
    await button.click();
    await page.fill('textarea', '口径不同，已核实');
    await page.locator('.el-dialog button[type=submit]').click();
    await page.locator(`.page-head .status.${done}`).nth(0).waitFor();
    await page.locator('.el-dialog').waitFor({ state: 'hidden' });
  }
});
await check('search finds an indicator and opens it', async () => {
  await open('/search');
  await page.fill('.big-search input', '地区生产总值');
  await page.keyboard.press('Enter');
  await page.locator('.hits a').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/search'));
  await heading().waitFor();
});

if (mode === 'full') {
  await check('a user is made, comes in by the invitation, and sees no administration', async () => {
    await open('/admin');
    await page.locator('.table-tools .el-button--primary').click();
    await page.fill('[name=new-login]', 'reader1');
    await page.fill('[name=new-name]', '李读者');
    await page.locator('.el-dialog button[type=submit]').click();
    const link = await page.locator('.notice-good code').innerText();
    const other = await browser.newContext({ locale: 'zh-CN' });
    const guest = await other.newPage();
    guest.setDefaultTimeout(8000);
    await guest.goto(new URL(link, `${base}/`).href);
    await guest.screenshot({ path: join(pictures, 'invitation-zh.png') });
    await guest.fill('[name=password]', PASSWORD);
    await guest.fill('[name=again]', PASSWORD);
    await guest.click('button[type=submit]');
    await guest.waitForURL('**/login');
    await guest.fill('[name=login]', 'reader1');
    await guest.fill('[name=password]', 'wrong wrong wrong');
    await guest.click('button[type=submit]');
    await guest.locator('.door .notice-bad').waitFor();
    await guest.screenshot({ path: join(pictures, 'login-zh.png') });
    await guest.fill('[name=password]', PASSWORD);
    await guest.click('button[type=submit]');
    await guest.locator('.scores').waitFor();
    must((await guest.locator('.side a[href="/admin"], .side a[href="/import"]').count()) === 0, 'a reader is offered administration');
    await guest.goto(`${base}/import`);
    await guest.locator('main h1').waitFor();
    must((await guest.locator('.drop').count()) === 0, 'a reader can import');
    await other.close();
  });
  await check('the audit log is shown and verified', async () => {
    await open('/audit');
    await page.locator('.page-head .el-button').click();
    await page.locator('.notice-good').waitFor();
  });
  await check('by keyboard: skip link, navigation, table, indicator', async () => {
    await open(`/plans/${plan}/indicators`);
    await page.locator('table.data tbody a').first().waitFor();
    await page.keyboard.press('Tab');
    must(await page.evaluate(() => window.document.activeElement?.className === 'skip'), 'the skip link is not first');
    await page.keyboard.press('Enter');
    await page.locator('table.data tbody a').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.facts').waitFor();
    must(/indicators\/2$/.test(page.url()), page.url());
  });
  const finding = await page.evaluate(async (p) =>
    (await (await fetch(`/api/v1/plans/${p}/findings?limit=1`)).json()).items[0]?.id, plan);
  const unit = await page.evaluate(async (p) =>
    (await (await fetch(`/api/v1/plans/${p}/units?limit=1`)).json()).items[0]?.id, plan);
  const pages = {
    overview: `/plans/${plan}`, indicators: `/plans/${plan}/indicators`, indicator: `/plans/${plan}/indicators/${ordinal}`,
    tasks: `/plans/${plan}/tasks`, units: `/plans/${plan}/units`, unit: `/units/${unit}?plan=${plan}`,
    findings: `/plans/${plan}/findings`, finding: `/plans/${plan}/findings/${finding}`, document: `/documents/${document}`,
    compare: '/compare', regions: '/compare?mode=regions', import: '/import', search: '/search?q=%E5%A2%9E%E9%80%9F',
    users: '/admin', 'admin-units': '/admin?tab=units', settings: '/admin?tab=settings', audit: '/audit', account: '/account', nowhere: '/nothing/here',
  };
  for (const language of ['zh', 'en']) {
    await page.evaluate((l) => localStorage.setItem('plumbline.language', l), language);
    await page.evaluate((l) => localStorage.setItem('plumbline.theme', l), language === 'zh' ? 'light' : 'dark');
    for (const [name, path] of Object.entries(pages)) {
      await check(`${name} in ${language}: shown, accessible, fits 360 px`, async () => {
        await page.setViewportSize({ width: 1280, height: 860 });
        await open(path);
        await page.waitForTimeout(150);
        await page.screenshot({ path: join(pictures, `${name}-${language}.png`), fullPage: name !== 'document' });
        await accessible();
        must((await page.locator('main .notice-bad').count()) === 0, await page.locator('main').innerText());
        await page.setViewportSize({ width: 360, height: 740 });
        await page.waitForTimeout(80);
        if (language === 'zh') await page.screenshot({ path: join(pictures, `${name}-narrow.png`) });
        const over = await wide();
        must(over <= 0, `wider than the screen by ${over} px`);
      });
    }
  }
  await page.setViewportSize({ width: 1280, height: 860 });
}
await browser.close();
