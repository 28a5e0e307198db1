#include "ui/data/facts.h"

#include "ui/training/formfield.h"

#include <QFormLayout>
#include <QLabel>

namespace digitpad {

QLabel* addFact(QFormLayout* layout, const char* name, const QString& title, const QString& tip)
{
    auto* value = new QLabel(layout->parentWidget());
    value->setObjectName(QLatin1String(name));
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setToolTip(tip);
    auto* key = new NoteLabel(title, layout->parentWidget());
    key->setToolTip(tip);
    layout->addRow(key, value);
    return value;
}

} // namespace digitpad
