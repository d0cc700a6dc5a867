/** AOD's purposes with the labels that Home Assistant shows for them. */
const labels: Readonly<Record<string, string>> = {
  passageway: 'Passageway',
  driveway: 'Driveway',
  utility: 'Utility',
  garage: 'Garage',
  food_prep: 'Kitchen',
  garden: 'Garden',
  bathroom: 'Bathroom',
  eating: 'Dining Room',
  social: 'Living Room',
  working: 'Office',
  relaxing: 'Media Room',
  sleeping: 'Bedroom',
};

/** The label of a purpose; an unknown one is shown as it is stored. */
export function purposeLabel(purpose: string): string {
  return labels[purpose] ?? purpose;
}
