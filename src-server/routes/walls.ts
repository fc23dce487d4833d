import type { Services } from '../workflows/services'
import {
  alarmOnWall,
  changeTheWall,
  configureWall,
  readWallLog,
  readWalls,
  removeFromWall,
  reportFromDriver,
  saveOnWall,
  undoOnWall,
} from '../workflows/walls/walls'
import type { HandlersFor } from './handler'

/** `walls`. */
type WallRouteName =
  | 'walls.list'
  | 'walls.log'
  | 'walls.configure'
  | 'walls.change'
  | 'walls.undo'
  | 'walls.save'
  | 'walls.remove'
  | 'walls.alarm'
  | 'walls.report'

export const wallHandlers = (services: Services): HandlersFor<WallRouteName> => ({
  'walls.list': () => readWalls(services),
  'walls.log': (ask) => readWallLog(services, ask),
  'walls.configure': (ask) => configureWall(services, ask),
  'walls.change': (ask) => changeTheWall(services, ask),
  'walls.undo': (ask) => undoOnWall(services, ask),
  'walls.save': (ask) => saveOnWall(services, ask),
  'walls.remove': (ask) => removeFromWall(services, ask),
  'walls.alarm': (ask) => alarmOnWall(services, ask),
  'walls.report': (ask) => reportFromDriver(services, ask),
})
