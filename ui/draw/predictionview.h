#pragma once

#include "core/learning/prediction.h"
#include "core/learning/recognizer.h"
#include "ui/draw/verdict.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace digitpad {

class DigitPreview;
class ProbabilityBars;

/// What the network makes of the drawing: best guess and how digit-like it is, ten bars, the picture that it
/// got, time and model. It knows nothing of the recogniser but what it is told, and keeps its layout while
/// the pen moves.
class PredictionView : public QWidget
{
    Q_OBJECT

public:
    explicit PredictionView(QWidget* parent = nullptr);

    /// `message` is shown where the state is Failed.
    void setState(Recognizer::State state, const QString& message);
    /// Whether another model would help where the state is Failed: not without LibTorch.
    void setModelChoosable(bool choosable);
    /// The name of the model in use, and how it tells what is no digit: none where it cannot.
    void setModel(const QString& name, const std::optional<DigitScoring>& scoring);
    /// An empty pad shows no guess, whatever came before.
    void setPadEmpty(bool empty);
    void setPrediction(const Prediction& prediction);
    /// Puts a widget of the caller's beside the digit score, at the right edge.
    void setCornerWidget(QWidget* widget);
    /// Everything below the guess: bars, picture, time and model.
    void setDetailsVisible(bool visible);

Q_SIGNALS:
    void chooseModelRequested();
    /// The bar of a digit was clicked: the drawing was one, says the person.
    void digitClicked(int digit);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildGuess();
    void buildFailure();
    void buildScoreRow();
    void buildDetails();
    void buildPicture();
    /// Shows what follows from state, pad and prediction.
    void refresh();
    void showNoGuess(const QString& headline, const QString& explanation);
    void showGuess(const Prediction& prediction);
    void showVerdict(const Prediction& prediction);
    void showDigit(const QString& text, const QString& accessibleName, const QColor& color);
    void showModel();
    void applyPalette();

    Recognizer::State m_state = Recognizer::State::Loading;
    bool m_padEmpty = true;
    std::optional<Prediction> m_prediction;

    QWidget* m_guess;
    QLabel* m_digit;
    QLabel* m_headline;
    QLabel* m_explanation;
    QHBoxLayout* m_scoreRow;
    QLabel* m_score;
    QWidget* m_failure;
    QLabel* m_failureText;
    QPushButton* m_chooseModel;
    QWidget* m_details;
    ProbabilityBars* m_bars;
    DigitPreview* m_picture;
    QWidget* m_pictureRow;
    QLabel* m_caption;
    QLabel* m_time;
    QLabel* m_model;
    QLabel* m_modelLimit;
    QString m_modelName;
    std::optional<DigitScoring> m_scoring;
};

} // namespace digitpad
