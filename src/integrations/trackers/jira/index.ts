import { baseUrl, plain, secret, text } from '../../../config/formats.ts';
import { once } from '../../../platform/late.ts';
import { askable } from '../../vendors/asked/askable.ts';
import { plugin, type TrackerPart, type TrackerPlugin } from '../../plugin.ts';
import { fieldMap, labelList, projectKey, resolutions, teamMap, type Written } from '../../vendors/jira/settings.ts';

function hearing(key: string): NonNullable<TrackerPart['hear']> {
  return async (posted) => (await import('./hook.ts')).heard(posted, key);
}

/** Jira: in the cloud where a user is named, else a Data Center of one's own. */
export const jira: TrackerPlugin = plugin<TrackerPart, Written>({
  settings: {
    url: { doc: 'Address of Jira', format: askable(baseUrl), default: null, env: 'tickets.jira.url', key: 'url' },
    user: {
      doc: 'of Jira Cloud: e-mail address of the user whose API token it is; without: Data Center',
      format: text(/[^\s:@]+@[^\s:@]+/, 'an e-mail address'),
      default: null,
      optional: true,
      ...{ env: 'tickets.jira.user', key: 'user' },
    },
    key: {
      doc: 'token of Jira',
      format: secret(),
      default: null,
      sensitive: true,
      ...{ env: 'tickets.jira.key', key: 'key' },
    },
    project: {
      doc: 'key of the project that gets tickets, where nothing else is said',
      format: projectKey,
      default: null,
      ...{ env: 'tickets.jira.project', key: 'project' },
    },
    issueType: {
      doc: 'type of new tickets, as Jira calls it',
      format: plain,
      default: 'Bug',
      ...{ env: 'tickets.jira.issueType', key: 'issueType' },
    },
    labels: {
      doc: 'labels of new tickets besides ours',
      format: labelList,
      default: null,
      optional: true,
      ...{ env: 'tickets.jira.labels', key: 'labels' },
    },
    fields: {
      doc: 'fields of new tickets, by id: `priority: High`, `components: [Checkout]`, custom ones as Jira takes them',
      format: fieldMap,
      default: null,
      optional: true,
      ...{ env: 'tickets.jira.fields', key: 'fields' },
    },
    teams: {
      doc: 'teams that a ticket can be made for: `{ crm: { assignee, component, fields } }`',
      format: teamMap,
      default: null,
      optional: true,
      ...{ env: 'tickets.jira.teams', key: 'teams' },
    },
    wontDo: {
      doc: 'resolutions that say that nothing will be done: such a ticket is not opened again',
      format: resolutions,
      default: ["Won't Do", "Won't Fix", 'Duplicate'],
      ...{ env: 'tickets.jira.wontDo', key: 'wontDo' },
    },
    webhook: {
      doc: 'secret of a webhook of Jira, which posts to /tickets/jira what others do',
      format: secret(16),
      default: null,
      optional: true,
      sensitive: true,
      ...{ env: 'tickets.jira.webhook', key: 'webhook' },
    },
  },
  wantedBy: [],
  examine: async function* (_part, made, { scope }) {
    yield* (await import('./examine.ts')).examine(made, scope);
  },
  create({ labels = [], fields = {}, teams = {}, ...given }, deps, name): TrackerPart {
    const settings = { ...given, labels, fields, teams };
    return {
      load: once(async () => (await import('./tracker.ts')).createJira(settings, deps, name)),
      project: settings.project,
      teams: Object.keys(teams),
      wontDo: settings.wontDo,
      ...(given.webhook === undefined ? {} : { hear: hearing(given.webhook) }),
    };
  },
});
