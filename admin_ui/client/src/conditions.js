// Fields that matter only after certain answers: <div data-hide="FEEL expression">. The server judges the same
// expression again; without this script all fields are simply shown.

/** What is typed, as the server reads it: numbers as numbers, ticks as true or false, nothing as null. */
function answers(form, prefix) {
  const context = {};
  for (const field of form.elements) {
    if (!field.name?.startsWith(prefix) || field.type === 'file' || field.type === 'hidden') continue;
    const key = field.name.slice(prefix.length);
    if (field.type === 'radio') context[key] = field.checked ? field.value : (context[key] ?? null);
    else if (field.type === 'checkbox') context[key] = field.checked;
    else if (field.dataset.number !== undefined && /^-?\d+$/.test(field.value)) context[key] = Number(field.value);
    else context[key] = field.value === '' ? null : field.value;
  }
  return context;
}

function apply(form, boxes, evaluate) {
  for (const box of boxes) {
    let hidden = false;
    try {
      hidden = evaluate(box.dataset.hide, answers(form, box.dataset.prefix ?? '')).value === true;
    } catch {
      hidden = false; // an expression this browser cannot judge hides nothing; the server decides
    }
    box.hidden = hidden;
  }
}

export async function startConditions(root) {
  const forms = [...root.querySelectorAll('form')].filter((form) => form.querySelector('[data-hide]'));
  if (forms.length === 0) return;
  const { evaluate } = await import('feelin');
  for (const form of forms) {
    const boxes = form.querySelectorAll('[data-hide]');
    const again = () => apply(form, boxes, evaluate);
    form.addEventListener('input', again);
    form.addEventListener('change', again);
    again();
  }
}
