import { ExportButton } from '../../parts/export_button'
import { useAddress } from '../../parts/address'
import { api } from '../../session'

type Table = 'arrears' | 'categories' | 'provisions' | 'values' | 'rolls' | 'vintages'

/** One table of the portfolio as a file, for the same months. */
export function Export({ table }: { table: Table }) {
  const { filters } = useAddress()
  return (
    <ExportButton
      name={`${table}.csv`}
      fetchText={() => api.GET('/staff/exports/portfolio', { params: { query: { ...filters, table } }, parseAs: 'text' })}
    />
  )
}
