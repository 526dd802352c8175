/** What commands say when they did their work. */

export function databaseMade(path: string, model: string, classes: number, login: string): string {
  return `Created ${path} with the model ${model} (${classes} classes) and the administrator ${login}.\n`;
}

export function modelIsGood(file: string, model: string, classes: number): string {
  return `${file}: the model ${model} is good (${classes} classes)`;
}
