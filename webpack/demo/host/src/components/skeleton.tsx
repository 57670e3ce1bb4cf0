export function Skeleton({ label }: { label: string }) {
  return (
    <div className="skeleton" role="status" data-testid="skeleton">
      <span className="visually-hidden">{label}</span>
    </div>
  );
}
