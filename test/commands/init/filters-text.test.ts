import assert from 'node:assert/strict';
import { chosen, listing, nameable } from '../../../src/commands/init/choose-projects.ts';
import { commonEnvironment, filtersText, firstFilters } from '../../../src/commands/init/filters-text.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import type { SourceProject } from '../../../src/core/ports/source.ts';

function project(slug: string, teams: readonly string[] = [], environments?: readonly string[]): SourceProject {
  return { slug, teams, environments };
}

const PROJECTS = [
  project('web', ['shop'], ['production', 'staging']),
  project('api', ['shop', 'infra'], ['production']),
  project('worker', ['infra'], ['production']),
  project('123', [], ['production']),
];

describe('the first filters', () => {
  it('are one for each team, and one for projects without', () => {
    assert.deepEqual(firstFilters(PROJECTS, 'acme'), [
      { name: 'shop', team: 'shop', projects: ['web', 'api'] },
      { name: 'infra', team: 'infra', projects: ['worker'] },
      { name: 'acme', team: undefined, projects: ['123'] },
    ]);
  });

  it('have names that filters may have, each once, and at most a hundred projects', () => {
    const many = Array.from({ length: 230 }, (_, index) => project(`p${index}`, ['Größte Team_Ever!']));
    const filters = firstFilters([...many, project('x', ['größte-team.ever']), project('y', ['***'])], 'acme');
    assert.deepEqual(
      filters.map(({ name, projects }) => [name, projects.length]),
      [
        ['gr-te-team-ever', 100],
        ['gr-te-team-ever-2', 100],
        ['gr-te-team-ever-3', 30],
        ['gr-te-team-ever-4', 1],
        ['all', 1],
      ],
    );
  });

  it('are a file that the service reads, and editors know', () => {
    const text = filtersText({
      filters: firstFilters(PROJECTS, 'on'),
      schema: './filters.schema.json',
      environment: commonEnvironment(PROJECTS),
    });
    assert.ok(text.startsWith('# yaml-language-server: $schema=./filters.schema.json\n'));
    const { filters, faults, warnings } = loadFilters([{ path: 'f.yaml', text }], []);
    assert.deepEqual([faults, warnings], [[], []]);
    assert.deepEqual(
      filters.map(({ name, team, projects, environments, levels }) => ({ name, team, projects, environments, levels })),
      [
        {
          name: 'shop',
          team: 'shop',
          projects: ['web', 'api'],
          environments: ['production'],
          levels: ['error', 'fatal'],
        },
        {
          name: 'infra',
          team: 'infra',
          projects: ['worker'],
          environments: ['production'],
          levels: ['error', 'fatal'],
        },
        { name: 'on', team: undefined, projects: ['123'], environments: ['production'], levels: ['error', 'fatal'] },
      ],
    );
  });

  it('name no environment that a project never had, or of which the source says nothing', () => {
    assert.equal(commonEnvironment([...PROJECTS, project('new', [], [])]), '');
    assert.equal(commonEnvironment([project('odd')]), '');
    const text = filtersText({ filters: firstFilters(PROJECTS, 'acme'), schema: undefined, environment: '' });
    assert.deepEqual(loadFilters([{ path: 'f.yaml', text }], []).filters[0]?.environments, []);
    assert.doesNotMatch(text, /yaml-language-server/);
  });

  it('of hundreds of projects have them in lines of their own', () => {
    const many = Array.from({ length: 90 }, (_, index) => project(`project-${index}`, ['shop']));
    const text = filtersText({ filters: firstFilters(many, ''), schema: undefined, environment: '' });
    assert.ok(text.split('\n').every((line) => line.length <= 120));
    assert.equal(loadFilters([{ path: 'f.yaml', text }], []).filters[0]?.projects.length, 90);
  });
});

describe('the choice of projects', () => {
  const slugsOf = (text: string): unknown => {
    const found = chosen(text, PROJECTS);
    return typeof found === 'string' ? found : found.map(({ slug }) => slug);
  };

  it('is by project or team, or all', () => {
    assert.deepEqual(slugsOf('all'), ['web', 'api', 'worker', '123']);
    assert.deepEqual(slugsOf(' infra , web,'), ['web', 'api', 'worker']);
    assert.deepEqual(slugsOf('worker'), ['worker']);
  });

  it('takes a word that is both as the project', () => {
    const both = [project('shop', ['x']), project('web', ['shop'])];
    assert.deepEqual(chosen('shop', both), [both[0]]);
  });

  it('knows no team whose name is no slug', () => {
    const hostile = nameable([project('web', ['sho\u001B[31mp', 'a: b\n- c', 'shop'])]);
    assert.deepEqual(hostile, [project('web', ['shop'])]);
    assert.equal(chosen('sho[31mp', hostile), '"sho[31mp" is no project and no team that Sentry tells');
    assert.doesNotMatch(
      filtersText({ filters: firstFilters(hostile, 'acme'), schema: undefined, environment: '' }),
      /a: b/,
    );
  });

  it('says what may be meant', () => {
    assert.equal(slugsOf('wrker'), '"wrker" is no project and no team that Sentry tells; did you mean worker?');
    assert.equal(slugsOf('zzzzz'), '"zzzzz" is no project and no team that Sentry tells');
    assert.equal(slugsOf(' , '), 'name at least one project, or all');
  });

  it('is shown team by team within 80 columns, without what filters cannot name', () => {
    const many = Array.from({ length: 40 }, (_, index) => project(`project-${index}`, ['shop']));
    const text = listing(nameable([...many, project('alone'), project('sp ace'), project('x\u001B[2J')]));
    assert.ok(text.split('\n').every((line) => line.length <= 80));
    assert.match(text, /^ {3}without a team: alone\n {3}team shop: project-0, /);
    assert.doesNotMatch(text, /sp ace|\u001B/);
  });
});
