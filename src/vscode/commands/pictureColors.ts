import * as vscode from 'vscode';
import { darkColors, lightColors, type PictureColors } from '../../core/export/pictureColors';

/** Colours of an exported picture: on the ground that the window has. */
export function pictureColors(): PictureColors {
  const { Light, HighContrastLight } = vscode.ColorThemeKind;
  return [Light, HighContrastLight].includes(vscode.window.activeColorTheme.kind) ? lightColors : darkColors;
}
