import { useText, type Shape } from '@fenqi/ui'
import { strategies as texts } from '../../texts/strategies'

/** Whether the reference engine reads a version as ours does. */
export function Proof({ line }: { line: Pick<Shape['StrategyLine'], 'difference' | 'input_count'> }) {
  const text = useText(texts)
  if (line.difference === null) return <em>{text('proofRunning')}</em>
  if (line.difference) return <strong>{text('differs', { what: line.difference })}</strong>
  return <span>{text('alike', { count: line.input_count ?? 0 })}</span>
}
