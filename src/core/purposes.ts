export interface Purpose {
  /** As Home Assistant shows it. */
  readonly label: string;
  /** Seconds after which half of the probability is gone when nothing moves any more. */
  readonly halfLife: number;
}

/** By the name that is stored. */
export const purposes: Readonly<Record<string, Purpose>> = {
  passageway: { label: 'Passageway', halfLife: 45 },
  driveway: { label: 'Driveway', halfLife: 60 },
  utility: { label: 'Utility', halfLife: 90 },
  garage: { label: 'Garage', halfLife: 180 },
  food_prep: { label: 'Kitchen', halfLife: 240 },
  garden: { label: 'Garden', halfLife: 360 },
  bathroom: { label: 'Bathroom', halfLife: 450 },
  eating: { label: 'Dining Room', halfLife: 480 },
  social: { label: 'Living Room', halfLife: 520 },
  working: { label: 'Office', halfLife: 600 },
  relaxing: { label: 'Media Room', halfLife: 620 },
  sleeping: { label: 'Bedroom', halfLife: 1200 },
};

/** The label of a purpose; an unknown one is shown as it is stored. */
export function purposeLabel(purpose: string): string {
  return purposes[purpose]?.label ?? purpose;
}

/** AOD's half-life of a purpose, seconds; undefined for an unknown one. */
export function purposeHalfLife(purpose: string): number | undefined {
  return purposes[purpose]?.halfLife;
}
