import type { Inspection } from 'isthmus';
import { Panel } from './panel';

export function SlicesPanel({ slices }: { slices: Inspection['slices'] }) {
  return (
    <Panel title="Slices" note={`${slices.length} injected`} testId="slices">
      <table>
        <thead>
          <tr>
            <th scope="col">Slice</th>
            <th scope="col">Owner</th>
            <th scope="col">Kind</th>
            <th scope="col">Leases</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {slices.map(({ key, owner, kind, leases, status }) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td>{owner}</td>
              <td>{kind}</td>
              <td>{leases}</td>
              <td>{status}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
