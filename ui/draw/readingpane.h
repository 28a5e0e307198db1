#pragma once

#include <QWidget>

class QAction;
class QBoxLayout;

namespace digitpad {

class Drawing;
class PredictionView;
class Recognizer;
class WhyPanel;

/// What stands beside the pad: the prediction and, on demand, why. The panel gets a column of its own where
/// the pad does not shrink for it; elsewhere it takes the place of the prediction's details.
class ReadingPane : public QWidget
{
    Q_OBJECT

public:
    /// Takes `prediction` in. `recognizer` and `drawing` outlive the pane. `why`, checkable, opens the panel;
    /// whether it is open is remembered between sessions. `parent` is the whole tab, whose size decides the
    /// arrangement.
    ReadingPane(const Recognizer* recognizer, const Drawing* drawing, PredictionView* prediction,
                QAction* why, QWidget* parent);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow(const Recognizer* recognizer, const Drawing* drawing);
    void addButton();
    void setOpen(bool open);
    void arrange();
    [[nodiscard]] bool roomForBoth() const;

    PredictionView* m_prediction;
    WhyPanel* m_panel;
    QAction* m_why;
    QBoxLayout* m_layout;
};

} // namespace digitpad
