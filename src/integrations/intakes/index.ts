import type { Intake } from '../../core/ports/events/intake.ts';
import type { Plugin } from '../plugin.ts';
import { file } from './file/index.ts';
import { papertrail } from './papertrail/index.ts';
import { sqs } from './sqs/index.ts';

/** Every kind of intake, by the key that a file sets it up with. A new one adds its line here and its folder. */
export const intakes: Readonly<Record<string, Plugin<Intake>>> = { file, papertrail, sqs };
