import { folder } from '../process/temp-folder.ts';
import { made } from './golden-files.ts';
import { objectionsOf } from '../process/tools.ts';

/** What pint says of the rules, of least weight too. `url`: a Prometheus in which it looks for their series. */
export async function pintObjections(pint: string, url?: string): Promise<string> {
  const rules = folder({
    'rules.yaml': await made('prometheus-rules.yaml'),
    '.pint.hcl': url === undefined ? '' : `prometheus "here" {\n  uri = "${url}"\n  required = true\n}\n`,
  });
  const args = ['--no-color', 'lint', '--min-severity=info', '--fail-on=info', 'rules.yaml'];
  const offline = url === undefined ? ['--offline'] : [];
  const said = await objectionsOf(pint, [...offline, ...args], { cwd: rules.path, quiet: true });
  rules.remove();
  return said;
}
