/** What an amount can be for, in the order in which it is told. */
export const PARTS = ['principal', 'interest', 'fee', 'penalty'] as const
