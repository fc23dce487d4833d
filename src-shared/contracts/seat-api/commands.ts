import { administrationCommands } from './commands/administration'
import { baseMapCommands } from './commands/base-maps'
import { callerCommands } from './commands/callers'
import { cameraCommands } from './commands/cameras'
import { caseCommands } from './commands/cases'
import { equipmentCommands } from './commands/equipment'
import { gbDeviceCommands } from './commands/gb-devices'
import { geoCommands } from './commands/geo'
import { knowledgeCommands } from './commands/knowledge'
import { moraleCommands } from './commands/morale'
import { programCommands } from './commands/program'
import { qualityCommands } from './commands/quality'
import { recordCommands } from './commands/records'
import { sessionCommands } from './commands/session'
import { shiftCommands } from './commands/shift'
import { telephoneCommands } from './commands/telephone'
import { wallCommands } from './commands/wall'
import { wallScreenCommands } from './commands/wall-screens'
import { windowCommands } from './commands/window'

/** The whole command table. Add a command by adding a row to its file; see `CONTRIBUTING.md`, "add a command". */
export const commands = {
  ...programCommands,
  ...sessionCommands,
  ...recordCommands,
  ...knowledgeCommands,
  ...shiftCommands,
  ...equipmentCommands,
  ...moraleCommands,
  ...caseCommands,
  ...telephoneCommands,
  ...callerCommands,
  ...qualityCommands,
  ...cameraCommands,
  ...gbDeviceCommands,
  ...windowCommands,
  ...wallCommands,
  ...wallScreenCommands,
  ...administrationCommands,
  ...geoCommands,
  ...baseMapCommands,
} as const
