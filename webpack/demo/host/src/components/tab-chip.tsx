interface TabChipProps {
  id: string;
  /** All tabs that are there: each has a colour, the same in all of them. */
  tabs: readonly string[];
}

/** A tab by the start of its id. */
export function TabChip({ id, tabs }: TabChipProps) {
  const place = tabs.toSorted().indexOf(id);
  return (
    <span className="tab" data-hue={place < 0 ? undefined : place % hues} title={id}>
      {id.slice(0, 4)}
    </span>
  );
}

const hues = 6;
