// Makes the folder that F5 opens, .demo/config, or the one that is named, without starting anything.
// Usage: node makeDemo.mts [folder]
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mts';
import { makeDemoConfig } from './demoConfig.mts';

const [folder = join(ROOT, '.demo', 'config')] = process.argv.slice(2);
console.log(`Made ${(await makeDemoConfig(folder, new Date())).folder}`);
