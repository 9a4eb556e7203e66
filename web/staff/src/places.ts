/** The console's pages in the order of its menu, each with the roles that may open it. */
export const PLACES = [
  { key: 'decisions', path: '/decisions', roles: ['reviewer', 'risk', 'compliance'] },
  { key: 'cases', path: '/cases', roles: ['reviewer', 'risk', 'compliance'] },
  { key: 'strategies', path: '/strategies', roles: ['risk', 'compliance'] },
  { key: 'snoozes', path: '/snoozes', roles: ['reviewer', 'risk', 'compliance'] },
  { key: 'limits', path: '/limits', roles: ['risk', 'compliance'] },
  { key: 'warnings', path: '/warnings', roles: ['collector', 'risk', 'compliance'] },
  { key: 'loans', path: '/loans', roles: ['finance', 'collector', 'compliance'] },
  { key: 'hardship', path: '/hardship', roles: ['collector', 'risk', 'compliance'] },
  { key: 'complaints', path: '/complaints', roles: ['collector', 'risk', 'finance', 'compliance'] },
  { key: 'creditReports', path: '/credit-records', roles: ['collector', 'risk', 'finance', 'compliance'] },
  { key: 'collection', path: '/collection-cases', roles: ['collector', 'agency', 'risk', 'compliance'] },
  { key: 'agencies', path: '/agencies', roles: ['collector', 'risk', 'finance', 'compliance'] },
  {
    key: 'collectionFigures',
    path: '/collection-figures',
    roles: ['collector', 'risk', 'finance', 'compliance'],
  },
  { key: 'contacts', path: '/contacts', roles: ['collector', 'risk', 'compliance'] },
  { key: 'templates', path: '/templates', roles: ['collector', 'risk', 'compliance'] },
  { key: 'portfolio', path: '/portfolio', roles: ['risk', 'finance', 'compliance'] },
  { key: 'merchants', path: '/merchants', roles: ['finance', 'admin', 'compliance'] },
  { key: 'reconciliation', path: '/reconciliation', roles: ['finance', 'compliance'] },
  { key: 'ledger', path: '/ledger/trial-balance', roles: ['finance', 'compliance'] },
  { key: 'accounts', path: '/ledger/accounts', roles: ['finance', 'compliance'] },
  { key: 'journal', path: '/ledger/journal', roles: ['finance', 'compliance'] },
  { key: 'verification', path: '/ledger/verification', roles: ['finance', 'compliance'] },
  { key: 'days', path: '/days', roles: ['finance', 'compliance'] },
  { key: 'audit', path: '/audit', roles: ['compliance'] },
] as const

export const SEARCHERS = ['reviewer', 'risk', 'finance', 'collector', 'compliance']
