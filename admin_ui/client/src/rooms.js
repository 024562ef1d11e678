// Style sheets of the single rooms: whoever adds src/<room>.scss has it in the bundle, after the common look.
import.meta.glob(['./*.scss', '!./app.scss', '!./viewer.scss'], { eager: true });
