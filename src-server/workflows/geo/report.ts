import type { GeoProblem } from '#shared/contracts/geo-shapes'
import { geoLayers, type Problem } from '#shared/domain/geodata/layers'
import type { Sheet } from '../../files/sheet'
import type { GeoImportRecord } from '../../store/geo-import-store'
import { chinaTime } from '../exports/case-columns'

/** The report of an import's dry run: every problem with its row, for the people who mend the file. */
export const kindTitles: Record<GeoProblem['kind'], string> = {
  unreadable: '读不出来',
  missingField: '缺少内容',
  wrongValue: '内容不对',
  wrongCode: '编码不对',
  duplicateCode: '编码重复',
  reusedCode: '停用编码再用',
  unknownParent: '上级不存在',
  geometryMissing: '没有坐标',
  openRing: '边界不闭合',
  tooFewPoints: '边界点太少',
  selfCrossing: '边界自相交',
  overlap: '重叠',
  gap: '空隙',
  outsideParent: '超出所属范围',
  outsideCity: '不在本市',
  shiftedCoordinates: '坐标系不符',
}

export function reportSheet(record: GeoImportRecord, problems: readonly Problem[], centreName: string, now: number): Sheet {
  return {
    name: '检查报告',
    watermark: `${centreName} · ${geoLayers[record.layer]} · ${record.fileName} · ${record.accountName}（${record.createdBy}）检查于 ${chinaTime(now)}`,
    madeAt: new Date(now),
    columns: [
      { title: '行号', width: 8 },
      { title: '编码', width: 20 },
      { title: '程度', width: 8 },
      { title: '问题', width: 16 },
      { title: '原因', width: 80 },
      { title: '经度', width: 14 },
      { title: '纬度', width: 14 },
    ],
    pages: pagesOf(problems),
  }
}

async function* pagesOf(problems: readonly Problem[]) {
  const page = 1_000
  for (let from = 0; from < problems.length; from += page) {
    yield problems
      .slice(from, from + page)
      .map(({ row, code, severity, kind, reason, at }) => [
        row,
        code,
        severity === 'error' ? '错误' : '提醒',
        kindTitles[kind],
        reason,
        at?.[0] ?? null,
        at?.[1] ?? null,
      ])
  }
}
