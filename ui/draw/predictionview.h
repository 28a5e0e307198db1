#pragma once

#include "core/learning/prediction.h"
#include "core/learning/recognizer.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace digitpad {

class DigitPreview;
class ProbabilityBars;

/// What the network makes of the drawing: best guess, ten bars, the picture that it got, time and model. It
/// knows nothing of the recogniser but what it is told, and keeps its layout while the pen moves.
class PredictionView : public QWidget
{
    Q_OBJECT

public:
    explicit PredictionView(QWidget* parent = nullptr);

    /// `message` is shown where the state is Failed.
    void setState(Recognizer::State state, const QString& message);
    /// Whether another model would help where the state is Failed: not without LibTorch.
    void setModelChoosable(bool choosable);
    void setModelName(const QString& name);
    /// An empty pad shows no guess, whatever came before.
    void setPadEmpty(bool empty);
    void setPrediction(const Prediction& prediction);

Q_SIGNALS:
    void chooseModelRequested();
    /// The bar of a digit was clicked: the drawing was one, says the person.
    void digitClicked(int digit);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildGuess();
    void buildFailure();
    void buildPicture();
    /// Shows what follows from state, pad and prediction.
    void refresh();
    void showNoGuess(const QString& headline, const QString& explanation);
    void showGuess(const Prediction& prediction);
    void applyPalette();

    Recognizer::State m_state = Recognizer::State::Loading;
    bool m_padEmpty = true;
    std::optional<Prediction> m_prediction;

    QWidget* m_guess;
    QLabel* m_digit;
    QLabel* m_headline;
    QLabel* m_explanation;
    QWidget* m_failure;
    QLabel* m_failureText;
    QPushButton* m_chooseModel;
    ProbabilityBars* m_bars;
    DigitPreview* m_picture;
    QWidget* m_pictureRow;
    QLabel* m_caption;
    QLabel* m_time;
    QLabel* m_model;
    QString m_modelName;
};

/// "Not sure: 4 or 9?" and its like for a guess that is not accepted.
QString doubtText(const Prediction& prediction);

} // namespace digitpad
