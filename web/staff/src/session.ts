import { apiFor, Session } from '@fenqi/ui'

export const session = new Session('fenqi.staff')
export const api = apiFor(session)
