/** CSS colours of an exported plot: what has a meaning has the hue that the drawn and the text views give it. */
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
  occupied: '#652d90',
  active: '#388a34',
  secondary: '#bf8803',
  inactive: '#d5d5d5',
  overlap: '#e51400',
  number: '#1a85ff',
  heat: '#bca1ec',
  more: '#a8d1ff',
  less: '#e7d29f',
  now: '#e51400',
};

export const darkColors: PictureColors = {
  background: '#1f1f1f',
  text: '#e6e6e6',
  faint: '#a0a0a0',
  occupied: '#b180d7',
  active: '#89d185',
  secondary: '#cca700',
  inactive: '#454545',
  overlap: '#f14c4c',
  number: '#3794ff',
  heat: '#5c4487',
  more: '#284b74',
  less: '#615313',
  now: '#f14c4c',
};
