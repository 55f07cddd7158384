/**
 * Sets the chosen colors before anything below the header is shown, so that the page does not flash.
 * Who has chosen nothing gets what the system asks for.
 */
{
  const AUTOMATIC = "(prefers-color-scheme)";
  const chosen = __md_get("__palette")?.color ?? { media: AUTOMATIC };
  let color = chosen;
  if (chosen.media === AUTOMATIC) {
    const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const option = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${scheme})"]`);
    color = {
      media: option.getAttribute("data-md-color-media"),
      scheme: option.getAttribute("data-md-color-scheme"),
      primary: option.getAttribute("data-md-color-primary"),
      accent: option.getAttribute("data-md-color-accent"),
    };
  }
  for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
}
