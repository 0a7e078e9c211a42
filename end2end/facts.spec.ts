// Shared facts: three companies meet the same buyer. The desk sees it beside each report, and no company sees it at all.

import type { Page } from '@playwright/test';

import { choose, expectHeading, fill, press, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { begin, send, walk } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const COMPANIES = [
  { who: DEMO.companyOfficer, at: '/en/c/meridian' },
  { who: DEMO.otherCompany, at: '/en/c/noordkust' },
  { who: 'officer@deltaquay.example', at: '/en/c/delta-forwarding' },
] as const;

/** Who the buyer is, as a company writes it down. */
interface Buyer {
  name: string;
  phone: string;
}

/** Writes a quick report about a buyer up to the check page. */
async function write(page: Page, buyer: Buyer): Promise<void> {
  await begin(page, 'quick');
  await walk(page, 'What happened, and with which chemical or equipment?', {
    'What happened, and with which chemical or equipment?': async () => {
      await choose(page, 'Someone asked about buying, without ordering');
      await fill(page, { 'What happened, in your own words?': 'They asked for reagents without papers.' });
    },
    'Who was it?': async () => {
      await choose(page, 'A company or organisation');
      await fill(page, { 'Name of the company or person': buyer.name, Telephone: buyer.phone });
    },
    'Why does it look suspicious to you?': () =>
      fill(page, { 'Why does it look suspicious to you?': 'They would not say what it is for.' }),
    'What have you done?': async () => {
      await choose(page, 'We refused');
      await fill(page, { 'Telephone number on which the authority can call you': '+31 10 555 0103' });
    },
  });
}

/** A number that no other test uses, in three ways of writing. */
function number(): [string, string, string] {
  const digits = `${Date.now()}${process.pid}`.slice(-7).padStart(7, '1');
  const end = `${digits.slice(0, 3)} ${digits.slice(3)}`;
  return [`+31 20 ${end}`, `003120${digits}`, `(020) ${end.replace(' ', '-')}`];
}

test('three companies report the same buyer, and only the desk sees it', { tag: '@once' }, async ({ page, enter }) => {
  // Three whole reports are written.
  test.slow();
  const phones = number();
  const names = [`Vale ${unique()} B.V.`, `Other ${unique()}`, `Third ${unique()}`];
  const sent: string[] = [];
  const companies: Page[] = [];
  for (const [index, { who }] of COMPANIES.entries()) {
    const company = await enter(who);
    await write(company, { name: names[index] ?? '', phone: phones[index] ?? '' });
    sent.push(await send(company));
    companies.push(company);
  }
  await signIn(page, DEMO.officer);
  for (const reference of sent) {
    await page.goto(`/en/a/pco-nl/reports/${reference}`);
    const shared = page.getByRole('list', { name: 'Shared facts' });
    for (const other of sent.filter((other) => other !== reference)) {
      const report = shared.locator(':scope > li', { hasText: other });
      await expect(report).toContainText('Same telephone number');
      await expect(report).toContainText('given as the reported party’s in both');
    }
    await expect(shared).not.toContainText(reference);
    await page.goto(`/en/a/pco-nl/queue?sel=${reference}`);
    await expect(page.locator('article.preview').getByRole('heading', { name: 'Shared facts' })).toBeVisible();
  }
  for (const [index, company] of companies.entries()) {
    await company.goto(`${COMPANIES[index]?.at}/reports/${sent[index]}`);
    const seen = await company.locator('main').innerText();
    for (const other of sent.filter((other) => other !== sent[index])) expect(seen).not.toContain(other);
    expect(seen).not.toContain('Shared facts');
  }
});

test('who reports a customer again is told so, within their company only', { tag: '@once' }, async ({ page, enter }) => {
  test.slow();
  const [phone, again, third] = number();
  await signIn(page, DEMO.companyOfficer);
  await write(page, { name: `Vale ${unique()}`, phone });
  const sent = await send(page);

  await page.goto('/en/c/meridian/');
  await write(page, { name: `Quite another ${unique()}`, phone: again });
  await page.goto(`${page.url().split('?')[0]}/check`);
  await expect(page.getByText('Your company reported this customer on')).toBeVisible();
  await press(page, 'Send report');
  await expectHeading(page, /Report sent/);

  const foreign = await enter(DEMO.otherCompany);
  await write(foreign, { name: `Somebody ${unique()}`, phone: third });
  await foreign.goto(`${foreign.url().split('?')[0]}/check`);
  await expectHeading(foreign, /Check your answers/);
  await expect(foreign.getByText('reported this customer')).toHaveCount(0);
  expect(await foreign.locator('main').innerText()).not.toContain(sent);
});
