/** CSS colours of an exported plot. */
export interface PictureColors {
  readonly background: string;
  readonly text: string;
  /** Axis and what is said beside the plot. */
  readonly faint: string;
  readonly occupied: string;
  readonly active: string;
  /** Paused, standby, closing. */
  readonly secondary: string;
  readonly inactive: string;
  readonly overlap: string;
  readonly number: string;
  /** The highest prior of the scale; text is read on it. */
  readonly heat: string;
  /** Where the second of two areas is above the first, and where it is below. */
  readonly more: string;
  readonly less: string;
  /** The hour that it is. */
  readonly now: string;
}

export const lightColors: PictureColors = {
  background: '#ffffff',
  text: '#1f1f1f',
  faint: '#6b6b6b',
  occupied: '#0b62c4',
  active: '#2a7d2e',
  secondary: '#a06a00',
  inactive: '#d5d5d5',
  overlap: '#c4281c',
  number: '#7b3fb3',
  heat: '#f0a35e',
  more: '#f0a35e',
  less: '#6fb1ec',
  now: '#c4281c',
};

export const darkColors: PictureColors = {
  background: '#1f1f1f',
  text: '#e6e6e6',
  faint: '#a0a0a0',
  occupied: '#4daafc',
  active: '#6cc26f',
  secondary: '#d9a441',
  inactive: '#454545',
  overlap: '#f2716b',
  number: '#c792ea',
  heat: '#a4561a',
  more: '#a4561a',
  less: '#2466a5',
  now: '#f2716b',
};
