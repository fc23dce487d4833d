import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { QualityFormDocument } from '#shared/contracts/quality-shapes'
import { roles } from '#shared/domain/account/role'
import { formMistakes, qualityFormId } from '#shared/domain/quality/form'
import type { Database, Statements } from '../../store/open-database'
import { lastFormVersion } from '../../store/quality-store'
import { findReference } from '../../store/reference-store'
import type { Answer, Ask, Services } from '../services'
import { storeReference } from '../store-reference'

/** The score form of the centre 质检评分表: a reference document, so that every seat has it, changed by its next version. */
export async function formInForce(db: Database | Statements): Promise<QualityFormDocument | null> {
  const found = await findReference(db, 'qualityForm', qualityFormId)
  return found?.document.kind === 'qualityForm' ? found.document : null
}

export function saveForm(services: Services, ask: Ask<InputOf<'quality.saveForm'>>): Answer<OutputOf<'quality.saveForm'>> {
  const { seenVersion, form: sent } = ask.input.body
  return ask.transact(async (unit) => {
    await unit.lock('reference')
    const before = await formInForce(unit.trx)
    if (!before) return err(appError('record/notFound'))
    const { role } = ask.actor
    if (!before.editors.includes(role)) {
      const editors = before.editors.map((each) => roles[each]).join('、')
      return err(appError('quality/notEditor', { role: roles[role], editors }))
    }
    if (before.version !== seenVersion) return err(appError('record/stale', { current: before.version, seen: seenVersion }))
    const mistakes = formMistakes(sent)
    if (mistakes.length > 0) return err(appError('quality/formUnusable', { mistakes: mistakes.join('；') }))
    const version = (await lastFormVersion(unit.trx, qualityFormId)) + 1
    const form: QualityFormDocument = { ...sent, formId: qualityFormId, version }
    const by = { actor: ask.actor, action: 'quality.formSaved' as const }
    await storeReference(services, unit, { id: qualityFormId, origin: 'city', document: form }, by)
    return ok(form)
  })
}
