import { apiFor } from '@fenqi/ui'

export const api = apiFor()
