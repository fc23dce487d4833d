/**
 * The import rules of the project: one row per room, saying what a file in it may import. dependency-cruiser checks them (`npm run rooms`, part
 * of `npm run check`), and the message of a broken rule is the row's own list. A room is a folder; the longest matching row decides.
 *
 *   rooms: other rooms (folders or files)     npm: packages     node: true = Node's own modules
 */
const shared = ['src-shared/base', 'src-shared/domain', 'src-shared/contracts']

const rooms = {
  'src-shared/base': {},
  // A static index of boxes, pure and without dependencies: what lies at and near a position (place), for the page and the core alike.
  'src-shared/domain': { rooms: ['src-shared/base'], npm: ['flatbush'] },
  'src-shared/contracts': { rooms: ['src-shared/base', 'src-shared/domain'], npm: ['typebox'] },

  'src-main/platform': { rooms: [...shared], npm: ['pino', 'uuid'], node: true },
  'src-main/store': { rooms: [...shared, 'src-main/platform/ports.ts'], npm: ['better-sqlite3', 'typebox'], node: true },
  'src-main/outbox': { rooms: [...shared, 'src-main/store'] },
  'src-main/central': { rooms: [...shared], npm: ['eventsource-parser', 'typebox'] },
  'src-main/telephony/open-line.ts': {
    rooms: [...shared, 'src-main/platform/ports.ts', 'src-main/telephony/sip', 'src-main/telephony/media/media.ts'],
    node: true,
  },
  // What signalling and speech both need of their sockets.
  'src-main/telephony/plain-lookup.ts': { node: true },
  // The door is `user-agent.ts`; above it nobody sees a SIP message.
  'src-main/telephony/sip': { rooms: [...shared, 'src-main/telephony/plain-lookup.ts'], npm: ['sdp-transform', 'typebox'], node: true },
  // The doors are `media.ts` and `create-media.ts`; of signalling it knows only what speech is described by.
  'src-main/telephony/media': {
    rooms: [...shared, 'src-main/telephony/sip/media-session.ts', 'src-main/telephony/plain-lookup.ts'],
    npm: ['werift'],
    node: true,
  },
  // Digest and HTTP as devices in the field speak them: cameras, decoders of walls.
  'src-main/device-http': { rooms: [...shared], node: true },
  'src-main/cameras': { rooms: [...shared, 'src-main/device-http'], npm: ['sdp-transform', 'werift', 'ws'], node: true },
  // Drivers of walls; the interface is `driver.ts`.
  'src-main/wall': { rooms: [...shared, 'src-main/device-http'], node: true },
  'src-main/workflows': {
    // Of the telephone only the doors: what they say are values.
    rooms: [
      ...shared,
      'src-main/platform/ports.ts',
      'src-main/telephony/sip/user-agent.ts',
      'src-main/telephony/sip/call-parties.ts',
      'src-main/telephony/sip/call-snapshot.ts',
      'src-main/telephony/media/media.ts',
    ],
  },
  'src-main/seat-api': {
    rooms: [...shared, 'src-main/workflows', 'src-main/platform/ports.ts', 'src-main/telephony/media/media.ts'],
    npm: ['typebox'],
  },
  'src-main/compose.ts': {
    rooms: [
      ...shared,
      'src-main/platform',
      'src-main/store',
      'src-main/outbox',
      'src-main/cameras',
      'src-main/wall',
      'src-main/central',
      'src-main/telephony',
      'src-main/workflows',
      'src-main/seat-api',
    ],
    node: true,
  },
  'src-main/shell': { rooms: [...shared, 'src-main/platform', 'src-main/compose.ts', 'src-main/seat-api'], node: true },
  'src-main/shell/browser': {
    rooms: [...shared, 'src-main/platform', 'src-main/compose.ts', 'src-main/seat-api', 'src-main/shell'],
    npm: ['fastify', '@fastify/websocket', 'ws'],
    node: true,
  },
  'src-main/shell/electron': {
    rooms: [...shared, 'src-main/platform', 'src-main/compose.ts', 'src-main/seat-api', 'src-main/shell'],
    npm: ['electron'],
    node: true,
  },

  'src-preload': { rooms: ['src-shared/base', 'src-shared/contracts/seat-api'], npm: ['electron'] },

  'src-renderer/bridge': { rooms: [...shared], npm: ['react', 'zustand'] },
  'src-renderer/ui': {
    rooms: ['src-shared/base', 'src-shared/domain'],
    npm: ['react', 'react-dom', 'antd', '@ant-design', 'dayjs', 'pinyin-pro'],
  },
  'src-renderer/features': {
    rooms: [...shared, 'src-renderer/bridge', 'src-renderer/ui'],
    npm: ['react', 'react-dom', 'antd', '@ant-design', 'dayjs', 'zustand', 'pinyin-pro'],
  },
  // The only room that plays pictures: others get them through `ui/camera-picture`.
  'src-renderer/features/cameras': {
    rooms: [...shared, 'src-renderer/bridge', 'src-renderer/ui'],
    npm: ['react', 'antd', 'mpegts.js'],
  },
  // Records of handovers and months of the log go out as Word files.
  'src-renderer/features/handover': {
    rooms: [...shared, 'src-renderer/bridge', 'src-renderer/ui'],
    npm: ['react', 'react-dom', 'antd', '@ant-design', 'dayjs', 'docx'],
  },
  // Cameras are dragged to cells of the wall.
  'src-renderer/features/wall': {
    rooms: [...shared, 'src-renderer/bridge', 'src-renderer/ui'],
    npm: ['react', 'react-dom', 'antd', '@ant-design', 'dayjs', '@dnd-kit', 'pinyin-pro'],
  },
  // The only room that draws with OpenLayers: others get a map through `ui/place-map`.
  'src-renderer/features/map': {
    rooms: [...shared, 'src-renderer/bridge', 'src-renderer/ui'],
    npm: ['react', 'react-dom', 'antd', '@ant-design', 'dayjs', 'ol', 'flatbush', 'pmtiles'],
  },
  'src-renderer/app': {
    rooms: [...shared, 'src-renderer/bridge', 'src-renderer/ui', 'src-renderer/features'],
    npm: ['react', 'react-dom', 'antd', '@ant-design', 'dayjs', 'zustand', 'pinyin-pro', '@fontsource-variable'],
  },
  'src-renderer/collector': { rooms: [...shared], npm: ['react', 'react-dom'] },
  'src-renderer/main.tsx': { rooms: ['src-renderer/app', 'src-renderer/bridge'], npm: ['react', 'react-dom', '@fontsource-variable'] },

  'src-server/store': { rooms: [...shared], npm: ['kysely', 'pg', 'better-sqlite3'], node: true },
  'src-server/events': { rooms: [...shared, 'src-server/store'], npm: ['pg'] },
  'src-server/files': { rooms: [...shared], npm: ['sharp', 'file-type', 'yazl'], node: true },
  'src-server/workflows': {
    rooms: [
      ...shared,
      'src-server/store',
      'src-server/events',
      'src-server/files',
      'src-server/cti/cti.ts',
      'src-server/cameras/sources.ts',
      'src-server/cameras/steering.ts',
      // As types: what a fetched square is.
      'src-server/base-maps/fetch-tile.ts',
      'src-server/gb28181/gb28181.ts',
    ],
    npm: ['kysely', 'typebox'],
    node: true,
  },
  'src-server/exchange-with-others': {
    rooms: [...shared, 'src-server/store', 'src-server/workflows'],
    npm: ['kysely', 'typebox', 'fastify'],
    node: true,
  },
  // Devices are asked by the seat's own HTTP with Digest: a second one would be a second set of mistakes.
  'src-server/cameras': { rooms: [...shared, 'src-main/device-http'], npm: ['typebox'], node: true },
  // The centre's end of SIP towards cameras: the seat's messages, transactions and Digest, and nothing of its telephone.
  'src-server/gb28181': {
    rooms: [
      ...shared,
      'src-main/telephony/sip/message',
      'src-main/telephony/sip/transport',
      'src-main/telephony/sip/transaction',
      'src-main/telephony/sip/dialog',
      'src-main/telephony/sip/auth',
    ],
    npm: ['typebox'],
    node: true,
  },
  // Cutting map tiles is a matter of features alone; nothing else knows the libraries.
  'src-server/tiles': { rooms: [...shared], npm: ['geojson-vt', '@maplibre/vt-pbf', 'pmtiles'], node: true },
  // Fetches pictures from hosts that an administrator entered; who may and from where is the workflow's.
  'src-server/base-maps': { rooms: [...shared], node: true },
  // The port and its adapters know no database: who reads agents for them is given in.
  'src-server/cti': { rooms: [...shared], node: true },
  'src-server/routes': {
    rooms: [...shared, 'src-server/workflows', 'src-server/exchange-with-others', 'src-server/events', 'src-server/store/event-store.ts'],
    npm: ['fastify', 'typebox', 'prom-client'],
  },
  'src-server/build-server.ts': {
    rooms: [
      ...shared,
      'src-server/store',
      'src-server/events',
      'src-server/workflows',
      'src-server/exchange-with-others',
      'src-server/routes',
    ],
    npm: ['fastify', '@fastify', 'prom-client', 'typebox', 'kysely'],
    node: true,
  },
  'src-server/platform': { rooms: [...shared], npm: ['pino', 'uuid'], node: true },
  'src-server/config.ts': {
    rooms: [
      ...shared,
      'src-server/store/open-database.ts',
      'src-server/cti/settings.ts',
      'src-server/cameras/sources.ts',
      'src-server/gb28181/settings.ts',
    ],
    node: true,
  },
  'src-server/compose-gb.ts': { rooms: [...shared, 'src-server/gb28181', 'src-server/workflows'], node: true },
  'src-server/compose.ts': {
    rooms: [
      ...shared,
      'src-server/build-server.ts',
      'src-server/store',
      'src-server/files',
      'src-server/workflows',
      'src-server/exchange-with-others',
      'src-server/events',
      'src-server/cti',
      'src-server/cameras',
      'src-server/base-maps',
      'src-server/compose-gb.ts',
      'src-server/gb28181/settings.ts',
      'src-server/tiles',
    ],
    npm: ['fastify'],
  },
  'src-server/demo': {
    rooms: [
      ...shared,
      'src-server/store',
      'src-server/workflows',
      'src-server/events',
      'src-server/files',
      'src-server/cti/cti.ts',
      'src-server/cameras/sources.ts',
      'src-server/cameras/steering.ts',
    ],
    // It draws its own pictures.
    npm: ['kysely', 'sharp'],
    node: true,
  },
  // The demonstration's exchange speaks SIP and RTP by the seat's own layers: a second stack would be a second set of mistakes. Nothing else of the
  // server may know a telephone.
  'src-server/demo/exchange': {
    rooms: [...shared, 'src-main/telephony', 'src-server/demo/city/random.ts', 'src-server/cti/cti.ts'],
    node: true,
  },
  // So do its cameras: what they give by FLV is written by the seat's own layer.
  'src-server/demo/cameras': {
    rooms: [
      ...shared,
      'src-main/cameras',
      'src-server/store',
      'src-server/workflows',
      'src-server/demo/city/random.ts',
      'src-server/cameras/sources.ts',
      'src-server/cameras/steering.ts',
    ],
    npm: ['ws'],
    node: true,
  },
  'src-server/index.ts': {
    rooms: [
      ...shared,
      'src-server/compose.ts',
      'src-server/files/page-files.ts',
      'src-server/config.ts',
      'src-server/platform',
      'src-server/store',
      'src-server/workflows',
      'src-server/exchange-with-others',
      'src-server/cti',
      'src-server/cameras',
      'src-server/demo',
    ],
    node: true,
  },
}

const escapeForRegExp = (path) => path.replace(/[.\\+*?^$(){}|[\]]/g, '\\$&')
const folder = (path) => (/\.\w+$/.test(path) ? `^${escapeForRegExp(path)}$` : `^${escapeForRegExp(path)}/`)
const packagePath = (name) => `node_modules/(@types/)?${escapeForRegExp(name)}/`

function sentence(room, { rooms: others = [], npm = [], node = false }) {
  const parts = [...others, ...npm.map((name) => `npm:${name}`), ...(node ? ['node:*'] : [])]
  return `${room} may import: its own files${parts.length > 0 ? `, ${parts.join(', ')}` : ''}. Move the code to the room that may, or change the row in scripts/rooms.cjs with a reason.`
}

const names = Object.keys(rooms)
const forbidden = names.map((room) => {
  const { rooms: others = [], npm = [], node = false } = rooms[room]
  const inner = names.filter((other) => other !== room && other.startsWith(`${room}/`)).map(folder)
  const allowed = [folder(room), ...others.map(folder), ...npm.map(packagePath)]
  return {
    name: room,
    severity: 'error',
    comment: sentence(room, rooms[room]),
    from: { path: folder(room), ...(inner.length > 0 && { pathNot: inner }) },
    to: { pathNot: allowed, dependencyTypesNot: node ? ['core'] : [], path: '.' },
  }
})

forbidden.push(
  {
    name: 'domain-areas',
    severity: 'error',
    comment:
      'A domain area may use another area only as types (import type), except clock, geo and grid, which are its measures: src-shared/domain/<area> may import its own files, those three and src-shared/base.',
    from: { path: '^src-shared/domain/([^/]+)/' },
    to: {
      path: '^src-shared/domain/([^/]+)/',
      pathNot: ['^src-shared/domain/$1/', '^src-shared/domain/(clock|geo|grid)/'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'features-apart',
    severity: 'error',
    comment:
      'A feature never imports another feature: src-renderer/features/<area> may import its own files, src-renderer/ui, src-renderer/bridge and src-shared. src-renderer/app puts features together.',
    from: { path: '^src-renderer/features/([^/]+)/' },
    to: { path: '^src-renderer/features/([^/]+)/', pathNot: '^src-renderer/features/$1/' },
  },
  {
    name: 'no-circles',
    severity: 'error',
    comment: 'Files that import each other in a circle cannot be read one after the other: move what both need to a third file.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-strays',
    severity: 'error',
    comment: `Every file lives in a room. Rooms: ${names.join(', ')}.`,
    from: { path: '^src-', pathNot: names.map(folder) },
    to: {},
  },
  {
    name: 'resolvable',
    severity: 'error',
    comment: 'The import leads nowhere: mend the path, or add the package to package.json.',
    from: {},
    to: { couldNotResolve: true },
  },
)

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
