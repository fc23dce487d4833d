import { Type } from 'typebox'
import { Empty, EpochMs, Role, Uuid } from '../../common'
import { AnyReferenceDocument, ReferenceKindSchema, ReferenceManifestEntry } from '../../reference'
import { command } from '../command'
import { closed } from '../shared-parts'
import { CaseList, Layout, MapBookmark, mostBookmarks, PaneId, Theme } from '../views'

/** Reference data from the seat's cache, and the window: theme, layout, windows of their own, notices. */
export const windowCommands = {
  'reference.get': command({
    summary: '一份基础数据',
    allowed: 'signedIn',
    effect: 'read',
    errors: ['record/notFound'],
    input: Type.Object({ kind: ReferenceKindSchema, id: Type.String({ maxLength: 60 }) }, closed),
    output: Type.Object({ entry: ReferenceManifestEntry, document: AnyReferenceDocument, readAt: EpochMs }),
  }),

  'settings.setTheme': command({
    summary: '浅色、深色或随系统',
    input: Type.Object({ theme: Theme }, closed),
    output: Empty,
    allowed: 'always',
    whileLocked: true,
    effect: 'local',
    errors: [],
  }),
  'settings.saveLayout': command({
    summary: '记住本岗位的窗口布置',
    input: Type.Object({ role: Role, layout: Layout }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: [],
  }),
  'settings.saveCaseList': command({
    summary: '记住本岗位的案卷列表怎样排',
    input: Type.Object({ role: Role, list: CaseList }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: [],
  }),
  'settings.saveMapBookmarks': command({
    summary: '记住地图上常看的地方',
    input: Type.Object({ bookmarks: Type.Array(MapBookmark, { maxItems: mostBookmarks }) }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: [],
  }),
  'windows.popOut': command({
    summary: '把一个窗格放到单独的窗口',
    input: Type.Object({ pane: PaneId }, closed),
    allowed: 'signedIn',
    effect: 'local',
    errors: ['window/blocked'],
    /** `address` is set when the shell cannot open a window itself and the page must. */
    output: Type.Object({ address: Type.Union([Type.String(), Type.Null()]) }),
  }),
  'notices.dismiss': command({
    summary: '收起一条通知',
    input: Type.Object({ noticeId: Uuid }, closed),
    output: Empty,
    allowed: 'always',
    effect: 'local',
    errors: [],
  }),
} as const
