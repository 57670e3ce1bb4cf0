interface AppNoteProps {
  origin: string | undefined;
  mfId: string | undefined;
}

/** Where an app comes from and the store it sees: equal ids everywhere mean one store. */
export function AppNote({ origin, mfId }: AppNoteProps) {
  return (
    <>
      <span className="origin">{origin}</span>{' '}
      <code className="chip" title={`__mfId ${mfId}`}>
        store {mfId?.slice(0, 6)}
      </code>
    </>
  );
}
