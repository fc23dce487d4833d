import { Checkbox, DatePicker, Input, Radio } from 'antd'
import dayjs from 'dayjs'
import { useMemo } from 'react'
import { chinaOffsetMs } from '#shared/base/china-time'
import { isCitizenDue } from '#shared/domain/case/registration'
import { type CaseSource, caseSources } from '#shared/domain/case/states'
import { PinyinSelect } from '../workspace/forms/pinyin-select'
import { placeAt } from './place'
import { sourceFieldsOf } from './registration-check'
import { RegistrationLine, type RegistrationPartProps } from './registration-line'

/** Where it comes from, chosen first: it decides what else is asked. Arrows walk along the row. */
export function SourceField({ draft, sources, change }: RegistrationPartProps & { readonly sources: readonly CaseSource[] }) {
  // What comes by telephone came by telephone.
  if (draft.callId !== '') {
    return (
      <RegistrationLine title="来源" fields={['source']}>
        <span>{draft.source === '' ? '' : caseSources[draft.source].name}，本通来电</span>
      </RegistrationLine>
    )
  }
  return (
    <RegistrationLine title="来源" fields={['source']} isDue>
      <Radio.Group
        size="small"
        optionType="button"
        aria-label="来源"
        value={draft.source}
        options={sources.map((value) => ({ value, label: caseSources[value].name }))}
        onChange={(event) => change({ source: event.target.value as CaseSource })}
      />
    </RegistrationLine>
  )
}

/** What this source asks for besides the five elements. */
export function SourceDetails(part: RegistrationPartProps) {
  return sourceFieldsOf(part.draft.source).map((name) => {
    const Details = detailsOf[name]
    return <Details key={name} {...part} />
  })
}

/** The camera also says where: its place is taken when none is written yet. */
function CameraField({ draft, lists, change }: RegistrationPartProps) {
  const choices = useMemo(() => lists.cameras.map(({ cameraNo, name }) => ({ value: cameraNo, label: `${cameraNo} ${name}` })), [lists])
  function choose(cameraNo: string | undefined): void {
    const camera = lists.cameras.find((each) => each.cameraNo === cameraNo)
    if (!camera) {
      change({ cameraNo: cameraNo ?? '' })
      return
    }
    const [lng, lat] = camera.position
    const isPlaced = draft.address !== '' || draft.gridCode !== '' || draft.position !== ''
    change({
      cameraNo: camera.cameraNo,
      ...(!isPlaced && { address: camera.name, ...placeAt({ lng, lat }, lists.gridIndex, camera.gridCodes[0]) }),
    })
  }
  return (
    <RegistrationLine
      title="探头"
      fields={['cameraNo']}
      isDue
      hint={choices.length === 0 ? '本机没有探头名单，写编号' : '位置随探头带出，可改'}
    >
      {choices.length === 0 ? (
        <Input
          size="small"
          aria-label="探头"
          maxLength={20}
          value={draft.cameraNo}
          onChange={({ target }) => change({ cameraNo: target.value })}
        />
      ) : (
        <PinyinSelect
          label="探头"
          choices={choices}
          value={draft.cameraNo || undefined}
          onChange={choose}
          placeholder="编号、名称或首字母"
        />
      )}
    </RegistrationLine>
  )
}

/** What was published stands somewhere, until it is taken down: hence the picture beside the link. */
const isOnTheNet = (source: RegistrationPartProps['draft']['source']): boolean =>
  source === 'media' || source === 'onlineInquiry' || source === 'forum'

function ExternalFields({ draft, change }: RegistrationPartProps) {
  // The picker shows China time whatever zone the PC is set to.
  const shift = chinaOffsetMs + new Date(0).getTimezoneOffset() * 60_000
  const isDue = draft.source === 'cityPlatform' || draft.source === 'hotline12345'
  return (
    <>
      <RegistrationLine title="对方编号" fields={['externalNo', 'platform']} isDue={isDue}>
        <Input
          size="small"
          aria-label="对方编号"
          className="reg-short"
          maxLength={60}
          value={draft.externalNo}
          onChange={({ target }) => change({ externalNo: target.value })}
        />
        <Input
          size="small"
          aria-label="平台或媒体"
          placeholder={draft.source === 'media' ? '哪家媒体、哪一期' : '平台名称，可不填'}
          maxLength={60}
          value={draft.platform}
          onChange={({ target }) => change({ platform: target.value })}
        />
      </RegistrationLine>
      {isOnTheNet(draft.source) && (
        <RegistrationLine title="链接" fields={['link']} isDue={draft.source === 'forum'} hint="网页截图粘贴到下面「照片」里存证">
          <Input
            size="small"
            aria-label="链接"
            maxLength={300}
            placeholder="https://"
            value={draft.link}
            onChange={({ target }) => change({ link: target.value })}
          />
        </RegistrationLine>
      )}
      <RegistrationLine title="限期回复" fields={['replyBy']} hint="到期前会提醒">
        <DatePicker
          size="small"
          aria-label="限期回复"
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          placeholder="没有可不填"
          value={draft.replyBy === null ? null : dayjs(draft.replyBy + shift)}
          onChange={(date) => change({ replyBy: date ? date.valueOf() - shift : null })}
        />
      </RegistrationLine>
    </>
  )
}

function InstructionFields({ draft, change }: RegistrationPartProps) {
  const isSurvey = draft.source === 'survey'
  return (
    <>
      <RegistrationLine
        title={isSurvey ? '普查名称' : '交办领导'}
        fields={['instructedBy']}
        isDue
        hint={isSurvey ? '登记后名称与小类留着，接着登下一件' : undefined}
      >
        <Input
          size="small"
          aria-label={isSurvey ? '普查名称' : '交办领导'}
          className="reg-short"
          maxLength={40}
          value={draft.instructedBy}
          onChange={({ target }) => change({ instructedBy: target.value })}
        />
      </RegistrationLine>
      <RegistrationLine title={isSurvey ? '普查要求' : '批示内容'} fields={['instruction']} isDue={!isSurvey}>
        <Input.TextArea
          size="small"
          aria-label={isSurvey ? '普查要求' : '批示内容'}
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={1000}
          value={draft.instruction}
          onChange={({ target }) => change({ instruction: target.value })}
        />
      </RegistrationLine>
    </>
  )
}

const genders = [
  { value: 'male', label: '先生' },
  { value: 'female', label: '女士' },
  { value: 'unknown', label: '不详' },
]

/** The first of the five elements. Name and number are in this form and in what waits to be sent, and nowhere else on this PC. */
export function CitizenFields({ draft, change }: RegistrationPartProps) {
  const { source, mayNotBeCalled, wantsReply, citizenName, number } = draft
  const hasCitizen = citizenName.trim() !== '' || number.trim() !== ''
  const isDue = source !== '' && isCitizenDue({ source, hasCitizen, wantsReply, mayNotBeCalled })
  return (
    <>
      <RegistrationLine title={source === 'hotline' ? '来电人' : '反映人'} fields={['citizenName', 'gender']}>
        <Input
          size="small"
          aria-label="姓名"
          className="reg-short"
          placeholder="姓名或称呼"
          maxLength={40}
          value={citizenName}
          onChange={({ target }) => change({ citizenName: target.value })}
        />
        <Radio.Group
          size="small"
          optionType="button"
          aria-label="称谓"
          options={genders}
          value={draft.gender}
          onChange={(event) => change({ gender: event.target.value as 'male' })}
        />
      </RegistrationLine>
      <RegistrationLine title="联系电话" fields={['number', 'mayNotBeCalled', 'wantsReply']} isDue={isDue}>
        <Input
          size="small"
          aria-label="联系电话"
          className="reg-short"
          maxLength={30}
          inputMode="tel"
          value={number}
          onChange={({ target }) => change({ number: target.value })}
        />
        <Checkbox checked={mayNotBeCalled} onChange={({ target }) => change({ mayNotBeCalled: target.checked })}>
          不愿留号、不要回访
        </Checkbox>
        <Checkbox checked={wantsReply} onChange={({ target }) => change({ wantsReply: target.checked })}>
          要求回复
        </Checkbox>
      </RegistrationLine>
    </>
  )
}

const detailsOf = { camera: CameraField, external: ExternalFields, instruction: InstructionFields, citizen: CitizenFields }
