import { Type } from 'typebox'
import { BaseMapSettings, BaseMapWish } from '../../base-map-shapes'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Where base maps come from: live, kept by the centre. What a map needs of it is the topic `baseMaps.changed`. */
export const baseMapCommands = {
  'baseMaps.get': command({
    summary: '外部底图的配置；密钥只说有没有',
    input: Type.Object({}, closed),
    output: BaseMapSettings,
    allowed: ['admin'],
    effect: 'live',
    errors: central,
  }),
  'baseMaps.save': command({
    summary: '保存外部底图的配置与密钥',
    input: BaseMapWish,
    output: BaseMapSettings,
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/stale', 'baseMap/unfit'],
  }),
} as const
