// Makes the folder that F5 opens, .demo/config, without starting anything.
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mts';
import { makeDemoConfig } from './demoConfig.mts';

console.log(`Made ${(await makeDemoConfig(join(ROOT, '.demo', 'config'), new Date())).folder}`);
